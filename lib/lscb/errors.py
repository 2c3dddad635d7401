"""What the project raises for people: one line that says what to do next, never a traceback."""


class UserError(Exception):
    """A request or an input that cannot be used: one line that says what to do next, never a traceback."""


class Failed(Exception):
    """Something of the project's own that broke, said in one line: not the user's mistake, and nothing for them to
    mend."""
