"""Settings written in YAML, as text to values; what cannot be right is refused in one line that says what to mend."""

from __future__ import annotations

from typing import Any

from .errors import UserError


def parse(text: str, name: str) -> dict[Any, Any]:
    """The mapping that a YAML text holds; an empty text gives an empty one.

    name : the file's name, for the message
    Raises UserError, with the line, for what is not valid YAML, for a name given twice, of which YAML would keep
    the second without a word, and for one without a value within braces, where a comma has cut a text in two.
    """
    import yaml

    quick: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(quick):  # type: ignore[misc]  # the base is chosen as the program runs
        """A loader that refuses a name given twice (YAML would keep the second of two thresholds) or cut off."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            lines: dict[Any, int] = {}
            for key, value in node.value:
                cut = node.flow_style and value.tag.endswith(":null") and not value.value
                if cut or (key.tag.endswith(":str") and key.value in lines):
                    twice = f"is there already, on line {lines.get(key.value)}"
                    problem = "has no value (quote a text with a comma)" if cut else twice
                    raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} {problem}", key.start_mark)
                lines[key.value] = key.start_mark.line + 1
            return super().construct_mapping(node, deep)  # type: ignore[no-any-return]

    try:
        return yaml.load(text, Loader=Loader) or {}  # noqa: S506 (a safe loader, made stricter)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise UserError(
            f"{name}{line} is not valid YAML: {getattr(error, 'problem', error)}. Mend that line or the one above "
            "it (spaces, never tabs; like its neighbours), or restore the file."
        ) from None
