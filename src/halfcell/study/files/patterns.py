"""Patterns of raw files: ``raw/cycling/{cell}_*.mpr`` gives the files, their subjects and the words in their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
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


def fixed_folder(pattern: str) -> str:
    """The folder of a pattern above its first wildcard or word in braces."""
    parts = PurePosixPath(pattern).parts
    fixed = []
    for part in parts[:-1]:
        if _PIECE.search(part):
            break
        fixed.append(part)
    return str(PurePosixPath(*fixed)) if fixed else "."


def expression(pattern: str, names: Sequence[str] | None) -> re.Pattern[str]:
    """The regular expression of a pattern; `names` are the cells (or samples) that ``{cell}`` or ``{sample}`` may mean.

    Punctuation in a name matches any punctuation, since file names cannot contain all of it: ``Si/Sn-10`` matches
    ``Si_Sn-10``. Next to a wildcard a name must end where the word ends, so that ``A1`` does not match ``A10``.
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
    if word not in SUBJECT_KINDS or names is None:
        return f"(?P<{word}>[^/]+?)"
    choices = "|".join(_any_punctuation(name) for name in sorted(names, key=len, reverse=True)) or "(?!)"
    before, after = pattern[: match.start()], pattern[match.end() :]
    start = "(?<![A-Za-z0-9])" if before.endswith(("*", "}")) else ""
    end = "(?![A-Za-z0-9])" if after.startswith(("*", "{", "?")) else ""
    return f"{start}(?P<{word}>{choices}){end}"


def _any_punctuation(name: str) -> str:
    """A name as an expression whose punctuation matches any punctuation."""
    pieces = re.findall(r"[^\W_]+|[\W_]+", name)
    return "".join(re.escape(piece) if piece[0].isalnum() else r"[\W_]+?" for piece in pieces)


def match_files(pattern: str, files: Sequence[str], names: Sequence[str] | None) -> list[PatternMatch]:
    """The files that match a pattern, in natural order (``_2`` before ``_10``)."""
    kind = subject_kind(pattern)
    wanted = expression(str(PurePosixPath(pattern)), names)
    by_slug = {_slug(name): name for name in names or ()}
    found = []
    for path in files:
        match = wanted.fullmatch(path)
        if match:
            words = match.groupdict()
            written = words.pop(kind, "")
            subject = Subject(kind, by_slug.get(_slug(written), written))
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
        match = expression(str(PurePosixPath(pattern)), None).fullmatch(path) if kind else None
        if match:
            word = match.groupdict()[kind]
            hint = did_you_mean(word, names.get(kind, ())) if names.get(kind) else ""
            return f"{kind} {word!r} is not in the table of {kind}s" + (f"; {hint}" if "mean" in hint else "")
    return "no pattern in [raw] matches"


def nothing_found(pattern: str, files: Sequence[str], names: Sequence[str], where: str) -> InputError:
    """The problem of a pattern that matches no file, with what there is instead."""
    near = [path for path in files if path.startswith(fixed_folder(pattern).removeprefix("./"))] or list(files)
    general = expression(str(PurePosixPath(pattern)), None)
    shaped = [path for path in near if general.fullmatch(path)]
    kind = subject_kind(pattern)
    if shaped and kind:
        word = general.fullmatch(shaped[0])
        given = word.groupdict()[kind] if word else ""
        hint = f"{shaped[0]} would match, but there is no {kind} {given!r}; {did_you_mean(given, names)}"
    elif near:
        hint = f"found {near[0]}" + (f" and {len(near) - 1} more files" if len(near) > 1 else "")
    else:
        hint = f"the folder {fixed_folder(pattern)} contains no files"
    return InputError(f"pattern {pattern!r} matches no file", where, hint)


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", text.casefold()))
