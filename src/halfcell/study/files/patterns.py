"""Patterns of raw files: ``raw/cycling/{cell}_*.mpr`` finds the files, whose they are, and the words in their names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean

_PIECE = re.compile(r"\{(\w+)\}|\*\*/|\*\*|\*|\?")
_IGNORED = {"thumbs.db", "desktop.ini", "manifest.md", "readme.md", "readme.txt", "readme"}
SUBJECTS = ("cell", "sample")
NOT_TEXT = "its name is not UTF-8: rename the file"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A raw file that a pattern found: whose it is (a cell's or a sample's), and the other words of its name."""

    path: str
    kind: str
    subject: str
    tags: Mapping[str, str] = field(default_factory=dict)


def subject_kind(pattern: str) -> str:
    """Whether a pattern's files belong to a ``cell`` or a ``sample``; nothing where it names neither."""
    return next((kind for kind in SUBJECTS if "{" + kind + "}" in pattern), "")


def base(pattern: str) -> str:
    """The folder above the first piece that may vary."""
    parts = PurePosixPath(pattern).parts
    fixed = []
    for part in parts[:-1]:
        if _PIECE.search(part):
            break
        fixed.append(part)
    return str(PurePosixPath(*fixed)) if fixed else "."


def expression(pattern: str, names: Sequence[str] | None) -> re.Pattern[str]:
    """The regular expression of a pattern; `names` are the cells (or samples) that may stand for the subject.

    A name's signs match any signs, since a file name cannot hold them all: ``Si/Sn-10`` is found as ``Si_Sn-10``. Next
    to a wildcard a name must end where the word ends, so that cell ``A1`` does not take the file of ``A10``.
    """
    parts: list[str] = []
    at, seen = 0, set[str]()
    for match in _PIECE.finditer(pattern):
        parts.append(re.escape(pattern[at : match.start()]))
        at = match.end()
        parts.append(_piece(match, names, seen, pattern))
    parts.append(re.escape(pattern[at:]))
    return re.compile("".join(parts), re.IGNORECASE)


def _piece(match: re.Match[str], names: Sequence[str] | None, seen: set[str], pattern: str) -> str:
    word = match[1]
    if word is None:
        return {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}[match[0]]
    if word in seen:
        return f"(?P={word})"
    seen.add(word)
    if word not in SUBJECTS or names is None:
        return f"(?P<{word}>[^/]+?)"
    choices = "|".join(_loose(name) for name in sorted(names, key=len, reverse=True)) or "(?!)"
    before, after = pattern[: match.start()], pattern[match.end() :]
    start = "(?<![A-Za-z0-9])" if before.endswith(("*", "}")) else ""
    end = "(?![A-Za-z0-9])" if after.startswith(("*", "{", "?")) else ""
    return f"{start}(?P<{word}>{choices}){end}"


def _loose(name: str) -> str:
    """A name as an expression: its signs match any signs."""
    pieces = re.findall(r"[^\W_]+|[\W_]+", name)
    return "".join(re.escape(piece) if piece[0].isalnum() else r"[\W_]+?" for piece in pieces)


def folder_files(root: Path, folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Files below a folder as POSIX paths relative to the study (hidden ones and notes left out), sorted."""
    for place, folders, names in os.walk(root / folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _IGNORED:
                path = os.path.join(place, name)
                if os.path.isfile(path):
                    yield os.path.relpath(path, root).replace(os.sep, "/"), os.stat(path)


def nameable(path: str) -> bool:
    """Whether a path is text; a name written in another encoding than the system's is not, and no file can hold it."""
    return printable(path) == path


def printable(path: str) -> str:
    """A path with the bytes that are no text written out (``Pr\\xfcf.mpt``)."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def match_files(pattern: str, files: Sequence[str], names: Sequence[str] | None) -> list[Found]:
    """The files that a pattern finds, in natural order (``_2`` before ``_10``)."""
    kind = subject_kind(pattern)
    wanted = expression(str(PurePosixPath(pattern)), names)
    by_slug = {_slug(name): name for name in names or ()}
    found = []
    for path in files:
        match = wanted.fullmatch(path)
        if match:
            words = match.groupdict()
            written = words.pop(kind, "")
            found.append(Found(path=path, kind=kind, subject=by_slug.get(_slug(written), written), tags=words))
    return sorted(found, key=lambda item: natural(item.path))


def natural(text: str) -> tuple[tuple[int, float, str], ...]:
    """A key that sorts numbers inside text by value."""
    pieces = re.findall(r"\d+(?:\.\d+)?|[^\d]+", text)
    return tuple((0, float(piece), "") if piece[0].isdigit() else (1, 0.0, piece) for piece in pieces)


def why_unmatched(path: str, patterns: Sequence[str], names: Mapping[str, Sequence[str]]) -> str:
    """Why no pattern took a file: its name gives a subject that the tables do not have, or no pattern fits."""
    for pattern in patterns:
        kind = subject_kind(pattern)
        match = expression(str(PurePosixPath(pattern)), None).fullmatch(path) if kind else None
        if match:
            word = match.groupdict()[kind]
            hint = did_you_mean(word, names.get(kind, ())) if names.get(kind) else ""
            return f"{kind} {word!r} is not in the table of {kind}s" + (f"; {hint}" if "mean" in hint else "")
    return "no pattern of [raw] fits"


def nothing_found(pattern: str, files: Sequence[str], names: Sequence[str], where: str) -> InputError:
    """The problem of a pattern that finds no file, with what there is instead."""
    near = [path for path in files if path.startswith(base(pattern).removeprefix("./"))] or list(files)
    general = expression(str(PurePosixPath(pattern)), None)
    shaped = [path for path in near if general.fullmatch(path)]
    kind = subject_kind(pattern)
    if shaped and kind:
        word = general.fullmatch(shaped[0])
        given = word.groupdict()[kind] if word else ""
        hint = f"{shaped[0]} would fit, but no {kind} is called {given!r}; {did_you_mean(given, names)}"
    elif near:
        hint = f"there is {near[0]}" + (f" and {len(near) - 1} more" if len(near) > 1 else "")
    else:
        hint = f"the folder {base(pattern)} holds no file"
    return InputError(f"pattern {pattern!r} finds no file", where, hint)


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", text.casefold()))
