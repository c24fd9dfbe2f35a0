"""Citations in texts: ``[@key]`` or ``[@one; @other]``, and the entries of a BibTeX file that they may name."""

from __future__ import annotations

import re
from collections.abc import Callable

_CITATION = re.compile(r"\s*\[(@[^\s\[\];,]+(?:\s*[;,]\s*@[^\s\[\];,]+)*)\]")
_ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*[{(]\s*([^\s,{}]+)\s*,", re.IGNORECASE | re.MULTILINE)
_DOI = re.compile(r"\bdoi\s*=\s*[{\"]\s*(?:https?://(?:dx\.)?doi\.org/)?(10\.[^\s}\"]+)", re.IGNORECASE)

_PLACE = tuple(
    re.compile(rf"\b{name}\s*=\s*[{{\"]?\s*([A-Za-z]?\d+)", re.IGNORECASE) for name in ("year", "volume", "pages")
)


def cited_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """The keys of each citation in a text, in order: ``"x [@a; @b]"`` -> ``(("a", "b"),)``."""
    return tuple(_keys(match.group(1)) for match in _CITATION.finditer(text))


def replace_citations(text: str, shown: Callable[[tuple[str, ...]], str]) -> str:
    """The text with each citation, and the space before it, replaced by what `shown` makes of its keys."""
    return _CITATION.sub(lambda match: shown(_keys(match.group(1))), text)


def _keys(citation: str) -> tuple[str, ...]:
    return tuple(part.strip().removeprefix("@") for part in re.split(r"[;,]", citation))


def bibtex_keys(bibtex: str) -> tuple[str, ...]:
    """The keys of the entries of a BibTeX file, in order."""
    return tuple(_ENTRY.findall(bibtex))


def bibtex_dois(bibtex: str) -> dict[str, str]:
    """DOI, in small letters -> key of its entry."""
    found = {}
    for key, entry in _entries(bibtex):
        doi = _DOI.search(entry)
        if doi:
            found[doi.group(1).lower()] = key
    return found


def same_works(bibtex: str) -> dict[str, str]:
    """The key of each entry that is the same work as one before it -> the key of that one.

    Two entries are the same work if they have one DOI, or one year, volume and first page.
    """
    seen: dict[tuple[str, ...], str] = {}
    found = {}
    for key, entry in _entries(bibtex):
        doi = _DOI.search(entry)
        place = tuple(match.group(1) for field in _PLACE if (match := field.search(entry)))
        names = [*([("doi", doi.group(1).lower())] if doi else []), *([place] if len(place) == len(_PLACE) else [])]
        first = next((seen[name] for name in names if name in seen), key)
        if first != key:
            found[key] = first
        seen |= {name: first for name in names if name not in seen}
    return found


def _entries(bibtex: str) -> list[tuple[str, str]]:
    """Key and text of each entry."""
    starts = [(match.start(), match.group(1)) for match in _ENTRY.finditer(bibtex)]
    ends = [start for start, _ in starts[1:]] + [len(bibtex)]
    return [(key, bibtex[start:end]) for (start, key), end in zip(starts, ends, strict=True)]
