"""Citations in texts: ``[@key]`` or ``[@one; @other]``, and the entries of a BibTeX file that they may name."""

from __future__ import annotations

import re
from collections.abc import Callable

_CITATION = re.compile(r"\s*\[(@[^\s\[\];,]+(?:\s*[;,]\s*@[^\s\[\];,]+)*)\]")
_ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*[{(]\s*([^\s,{}]+)\s*,", re.IGNORECASE | re.MULTILINE)
_DOI = re.compile(r"\bdoi\s*=\s*[{\"]\s*(?:https?://(?:dx\.)?doi\.org/)?(10\.[^\s}\"]+)", re.IGNORECASE)


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
    starts = [(match.start(), match.group(1)) for match in _ENTRY.finditer(bibtex)]
    ends = [start for start, _ in starts[1:]] + [len(bibtex)]
    found = {}
    for (start, key), end in zip(starts, ends, strict=True):
        doi = _DOI.search(bibtex[start:end])
        if doi:
            found[doi.group(1).lower()] = key
    return found
