"""The lines below the title: authors with marks, affiliations, addresses for correspondence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.document import Author


def author_line(authors: Sequence[Author]) -> str:
    """The authors in order, marked up: ``A. Author^{1,*}, B. Other^{2}``; a single affiliation needs no mark."""
    numbers = _numbers(authors)
    return ", ".join(f"{author.name}{_mark(author, numbers)}" for author in authors)


def affiliation_lines(authors: Sequence[Author]) -> tuple[str, ...]:
    """The affiliations in order of appearance, each with its mark, then addresses for correspondence and ORCID iDs."""
    numbers = _numbers(authors)
    lines = [f"^{{{number}}} {text}" if len(numbers) > 1 else text for text, number in numbers.items()]
    addresses = [author.email for author in authors if author.email]
    if addresses:
        lines.append(f"* {', '.join(addresses)}")
    lines += [f"ORCID of {author.name}: {author.orcid}" for author in authors if author.orcid]
    return tuple(lines)


def _numbers(authors: Sequence[Author]) -> dict[str, int]:
    every = dict.fromkeys(text for author in authors for text in author.affiliations)
    return {text: number for number, text in enumerate(every, start=1)}


def _mark(author: Author, numbers: dict[str, int]) -> str:
    marks = [str(numbers[text]) for text in author.affiliations] if len(numbers) > 1 else []
    marks += ["*"] if author.email else []
    return f"^{{{','.join(marks)}}}" if marks else ""
