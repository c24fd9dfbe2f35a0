"""What is wrong with a file that is no TOML: the line, and what people usually mean there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from tomllib import TOMLDecodeError

_AT: Final = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_SUFFIX: Final = ".toml"
_TYPOGRAPHIC: Final = "“”„‟«»‘’‚"
_REPEATED: Final = ("figure", "table", "author", "accept")
_QUOTES: Final = 'words need quotes: title = "My study"'
_LINE_FORM: Final = 'a line is name = value, [style] or [[figure]]; words need quotes: title = "My study"'


def not_toml(text: str, error: TOMLDecodeError, name: str) -> InputError:
    """The error of a file that is no TOML, with its line and a hint on the usual cause.

    Parameters
    ----------
    text
        The content of the file.
    error
        What the parser says.
    name
        The name of the file.
    """
    message = str(error)
    lines = text.splitlines() or [""]
    at = _AT.search(message)
    number = int(at[1]) if at and at[1] else len(lines)
    what = _AT.sub("", message)
    if not name.lower().endswith(_SUFFIX):
        return InputError(f"not a study file: {what.lower()}", f"{name}:{number}", "name study.toml or its folder")
    line = lines[min(number, len(lines)) - 1]
    if what.startswith(("Unclosed", "Unterminated")) or "end of document" in message:
        number, line = _opened(lines, number)
    return InputError(f"not TOML: {_lowered(what)}", f"{name}:{number}", _hint(what, line))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _opened(lines: Sequence[str], number: int) -> tuple[int, str]:
    """The last line at or before `number` that opens a list or a table in braces without closing it."""
    for at in range(min(number, len(lines)), 0, -1):
        bare = re.sub(r'"[^"]*"|\'[^\']*\'|#.*', "", lines[at - 1])
        if bare.count("[") > bare.count("]") or bare.count("{") > bare.count("}"):
            return at, lines[at - 1]
    return number, lines[min(number, len(lines)) - 1]


def _hint(what: str, line: str) -> str:
    """What to do about the line."""
    value = line.partition("=")[2].strip()
    again = re.search(r"Cannot declare \('(\w+)'", what)
    if again:
        return _declared_again(again[1])
    causes = (
        (any(sign in line for sign in _TYPOGRAPHIC), 'use straight quotes: title = "My study"'),
        ("\\" in line, "write / in paths, also on Windows: raw/eis/{cell}.z; or single quotes around a text with \\"),
        ("overwrite" in what, "each name once in its table: is it above already?"),
        ("Illegal character '\\n'" in what, 'the text has no closing quote; one of several lines needs """ around it'),
        (what.startswith("Unclosed array") or _opens_list(value), "a list that begins here has no closing ]"),
        (bool(re.match(r"\[?\s*-?\d+,\d", value)) and "[" not in value, "use a decimal point: 0.5, not 0,5"),
        (bool(re.match(r"-?[\d.]+\s*%", value)), "write a number without %"),
        (bool(re.match(r"-?[\d.]+\s*[A-Za-zµ°]", value)), "write a number without its unit, or a text in quotes"),
        (value in {"True", "False"}, "write true or false, in small letters"),
        (value.lower() in {"none", "null", "nan", ""} and "=" in line, "leave the line out where there is no value"),
        ("=" not in line and ":" in line, "write name = value, with = in place of :"),
        (line.lstrip().startswith("["), "write [style] or [[figure]], with as many ] as ["),
        ("inline table" in what or ("{" in line and "}" not in line), "a table in braces { } stands on one line"),
        ("=" in line and not re.match(r"[\"'\[{\d+-]", value), _QUOTES),
    )
    return next((hint for applies, hint in causes if applies), _LINE_FORM)


def _opens_list(value: str) -> bool:
    return value.startswith("[") and value.count("[") > value.count("]")


def _declared_again(name: str) -> str:
    if name in _REPEATED:
        return f"write [[{name}]], with two brackets, before each {name}"
    return f"[{name}] is above already: put its lines there"
