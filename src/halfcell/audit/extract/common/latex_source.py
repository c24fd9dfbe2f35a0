"""LaTeX sources made whole: comments removed, input files inserted, the author's own commands replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.extract.common.latex_text import argument, strip_comments
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_TEXT_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_INPUT = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}]{1,200})\}")
_DEFINED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\\([A-Za-z]+)\}?\s*(?:\[(\d)\])?(?:\[([^\]]*)\])?\s*(?=\{)"
    r"|\\def\s*\\([A-Za-z]+)\s*(?=\{)"
)
_SI_UNIT = re.compile(r"\\DeclareSIUnit(?:\[[^\]]*\])?\s*\{?\\([A-Za-z]+)\}?\s*(?=\{)")
_VERBATIM = re.compile(r"\\(begin|end)\{(verbatim|lstlisting|comment)\*?\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_THE_AUDIT_READS = frozenset({"thetable", "thefigure", "section", "caption", "arraystretch", "tabcolsep"})
MOST_FILES = 100  # chosen: more than any paper has; further ones are left out
DEEPEST = 8  # commands inside commands, files inside files
MOST_GROWTH = 4 * 2**20  # characters that commands may add


class Command(NamedTuple):
    """A command of the author: how many arguments it takes, the first one's default, and what it stands for."""

    arguments: int
    default: str | None
    body: str


def whole_source(text: str, folder: Path) -> str:
    """A source without comments, with the files that it inputs, and with the author's commands replaced.

    Raises
    ------
    InputError
        If files or commands make it too large.
    """
    text = _with_files(strip_comments(text), folder)
    text = _without_verbatim(text)
    commands, rest = _commands(text)
    return _replaced(rest, commands, DEEPEST) if commands else rest


def _without_verbatim(text: str) -> str:
    """The text without what is printed as it stands; what does not end stays. In one pass."""
    kept: list[str] = []
    opened: dict[str, int] = {}
    place = 0
    for match in _VERBATIM.finditer(text):
        if match[1] == "begin":
            opened.setdefault(match[2], match.start())
        elif match[2] in opened:
            kept.append(text[place : opened[match[2]]])
            place = match.end()
            opened.clear()
    return " ".join([*kept, text[place:]])


def _with_files(text: str, folder: Path) -> str:
    """The source with the files beside it that it inputs; one that is not there is left out."""
    count = 0
    for _ in range(DEEPEST):
        pieces, place = [], 0
        for match in _INPUT.finditer(text):
            count += 1
            pieces += [text[place : match.start()], _file(folder, match[1]) if count <= MOST_FILES else " "]
            place = match.end()
        if not place:
            return text
        text = "".join([*pieces, text[place:]])
        if len(text) > MAX_TEXT_FILE:
            raise InputError(f"the source has more than {MAX_TEXT_FILE >> 20} million characters with its files")
    return text


def _file(folder: Path, name: str) -> str:
    """A file of the same folder or below it; empty if there is none, or if it lies elsewhere."""
    path = folder / name.strip()
    path = path if path.suffix else path.with_suffix(".tex")
    inside = path.resolve().is_relative_to(folder.resolve())
    if not inside or not path.is_file() or path.stat().st_size > MAX_TEXT_FILE:
        return " "
    return strip_comments(path.read_text(encoding="utf-8", errors="replace"))


def _commands(text: str) -> tuple[dict[str, Command], str]:
    """The commands that the source defines, and the source without the definitions."""
    found: dict[str, Command] = {}
    pieces, place = [], 0
    for match in sorted((*_DEFINED.finditer(text), *_SI_UNIT.finditer(text)), key=lambda one: one.start()):
        if match.start() < place:
            continue
        body, end = argument(text, match.end())
        groups = match.groups()
        name = groups[0] or (groups[3] if len(groups) > 3 else "")
        if name and name not in _THE_AUDIT_READS:
            count = int(groups[1] or 0) if len(groups) > 3 else 0
            found[name] = Command(count, groups[2] if len(groups) > 3 else None, body)
            pieces.append(text[place : match.start()])
            place = end
    return found, "".join([*pieces, text[place:]])


def _replaced(text: str, commands: Mapping[str, Command], depth: int) -> str:
    """The source with commands replaced by what they stand for, those inside them, too."""
    limit = len(text) + MOST_GROWTH
    for _ in range(depth):
        pieces, place = [], 0
        for match in _COMMAND.finditer(text):
            command = commands.get(match[1])
            if command is None or match.start() < place:
                continue
            body, end = _filled(text, match.end(), command)
            pieces += [text[place : match.start()], body]
            place = end
        if not place:
            return text
        text = "".join([*pieces, text[place:]])
        if len(text) > limit:
            raise InputError("the commands of the source make it too large", hint="does a command stand for itself?")
    return text


def _filled(text: str, place: int, command: Command) -> tuple[str, int]:
    """What a command at `place` stands for with its arguments, and where they end."""
    given: list[str] = []
    if command.default is not None:
        given.append(command.default)
        if text[place : place + 1] == "[":
            end = text.find("]", place)
            given[0], place = (text[place + 1 : end], end + 1) if end > 0 else (command.default, place)
    while len(given) < command.arguments:
        start = place + len(text[place : place + 20]) - len(text[place : place + 20].lstrip())
        if text[start : start + 1] != "{":
            return command.body, place
        inner, place = argument(text, start)
        given.append(inner)
    body = command.body
    for number, value in enumerate(given, start=1):
        body = body.replace(f"#{number}", value)
    return body if command.arguments else f"{body}", _past_braces(text, place)


def _past_braces(text: str, place: int) -> int:
    """The place behind the empty braces that only end the name of a command."""
    return place + 2 if text[place : place + 2] == "{}" else place
