"""Patterns of raw files: ``raw/cycling/{cell}_*.mpr`` gives the files, their subjects and the words in their names."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.study.files.file_names import composed
from halfcell.study.files.subject import Subject

_PIECE = re.compile(r"\{(\w+)\}|\*\*/|\*\*|\*|\?")
SUBJECT_KINDS = ("cell", "sample")


@dataclass(frozen=True, kw_only=True)
class PatternMatch:
    """A raw file that matches a pattern: its subject and the other words of its name (``{cycle}`` -> 10)."""

    path: str
    subject: Subject
    tags: Mapping[str, str] = field(default_factory=dict)


def subject_kind(pattern: str) -> str:
    """``cell`` or ``sample``, whichever the pattern contains in braces; empty where it contains neither."""
    return next((kind for kind in SUBJECT_KINDS if "{" + kind + "}" in pattern), "")


def with_slashes(pattern: str, separator: str = os.sep) -> str:
    r"""A pattern with ``/`` between folders; on Windows ``raw\cycling`` is written, too."""
    return pattern.replace("\\", "/") if separator == "\\" else pattern


def fixed_folder(pattern: str) -> str:
    """The folder of a pattern above its first wildcard or word in braces."""
    parts = PurePosixPath(with_slashes(pattern)).parts
    fixed = []
    for part in parts[:-1]:
        if _PIECE.search(part):
            break
        fixed.append(part)
    return str(PurePosixPath(*fixed)) if fixed else "."


def expression(pattern: str, names: Sequence[str] | None) -> re.Pattern[str]:
    """The regular expression of a pattern; `names` are the cells (or samples) that ``{cell}`` or ``{sample}`` may mean.

    Pattern and names are compared in composed Unicode; match composed paths with it. Punctuation in a name matches any
    punctuation, since file names cannot contain all of it: ``Si/Sn-10`` matches ``Si_Sn-10``. Next to a wildcard a name
    must end where the word ends, so that ``A1`` does not match ``A10``.
    """
    pattern = composed(str(PurePosixPath(with_slashes(pattern))))
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
    if word not in SUBJECT_KINDS or names is None:
        return f"(?P<{word}>[^/]+?)"
    choices = "|".join(_any_punctuation(name) for name in sorted(names, key=len, reverse=True)) or "(?!)"
    before, after = pattern[: match.start()], pattern[match.end() :]
    start = "(?<![A-Za-z0-9])" if before.endswith(("*", "}")) else ""
    end = "(?![A-Za-z0-9])" if after.startswith(("*", "{", "?")) else ""
    return f"{start}(?P<{word}>{choices}){end}"


def _any_punctuation(name: str) -> str:
    """A name as an expression whose punctuation matches any punctuation."""
    pieces = re.findall(r"[^\W_]+|[\W_]+", composed(name))
    return "".join(re.escape(piece) if piece[0].isalnum() else r"[\W_]+?" for piece in pieces)


def match_files(pattern: str, files: Sequence[str], names: Sequence[str] | None) -> list[PatternMatch]:
    """The files that match a pattern, in natural order (``_2`` before ``_10``)."""
    kind = subject_kind(pattern)
    wanted = expression(pattern, names)
    by_slug = {name_key(name): name for name in names or ()}
    found = []
    for path in files:
        match = wanted.fullmatch(composed(path))
        if match:
            words = match.groupdict()
            written = words.pop(kind, "")
            subject = Subject(kind, by_slug.get(name_key(written), written))
            found.append(PatternMatch(path=path, subject=subject, tags=words))
    return sorted(found, key=lambda item: natural_order(item.path))


def natural_order(text: str) -> tuple[tuple[int, float, str], ...]:
    """A sort key that orders numbers in a text by value."""
    pieces = re.findall(r"\d+(?:\.\d+)?|[^\d]+", text)
    return tuple((0, float(piece), "") if piece[0].isdigit() else (1, 0.0, piece) for piece in pieces)


def why_unmatched(path: str, patterns: Sequence[str], names: Mapping[str, Sequence[str]]) -> str:
    """Why no pattern matches a file: its subject is not in the tables, or its name has another form."""
    for pattern in patterns:
        kind = subject_kind(pattern)
        match = expression(pattern, None).fullmatch(composed(path)) if kind else None
        if match:
            word = match.groupdict()[kind]
            hint = did_you_mean(word, names.get(kind, ())) if names.get(kind) else ""
            return f"{kind} {word!r} is not in the table of {kind}s" + (f"; {hint}" if "mean" in hint else "")
    return "no pattern in [raw] matches"


def nothing_found(pattern: str, files: Sequence[str], names: Sequence[str], where: str) -> InputError:
    """The problem of a pattern that matches no file, with what there is instead."""
    folder = fixed_folder(pattern)
    inside = [path for path in files if composed(path).startswith(composed(folder))]
    near = inside or list(files)
    general = expression(pattern, None)
    shaped = [path for path in near if general.fullmatch(composed(path))]
    kind = subject_kind(pattern)
    if shaped and kind:
        word = general.fullmatch(composed(shaped[0]))
        given = word.groupdict()[kind] if word else ""
        hint = f"{shaped[0]} would match, but there is no {kind} {given!r}; {did_you_mean(given, names)}"
    elif "\\" in pattern:
        hint = "write / between folders, on every system"
    elif near:
        other = "" if inside else _other_folder(folder, files)
        hint = other + f"found {near[0]}" + (f" and {len(near) - 1} more files" if len(near) > 1 else "")
    else:
        hint = f"the folder {folder} contains no files"
    return InputError(f"pattern {pattern!r} matches no file", where, hint)


def _other_folder(folder: str, files: Sequence[str]) -> str:
    """A question if a folder without files is called nearly like one that has some."""
    there = sorted({str(PurePosixPath(path).parent) for path in files})
    hint = did_you_mean(folder, there)
    return f"there are no files in {folder}; {hint} " if hint.startswith("did you mean") else ""


def name_key(text: str) -> str:
    """What is left of a name in every file system: its letters and digits of any script, capitals and marks apart."""
    return "-".join(re.findall(r"[^\W_]+", composed(text).casefold()))
