"""What the project raises for people: one line that says what to do next, never a traceback."""


class OneLine(Exception):
    """An error that is one line for its reader: a notebook shows that line and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class UserError(OneLine):
    """A request or an input that cannot be used: one line that says what to do next, never a traceback."""


class Failed(OneLine):
    """Something of the project's own that broke, said in one line: not the user's mistake, and nothing for them to
    mend."""
