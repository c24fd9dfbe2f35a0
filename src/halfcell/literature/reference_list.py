"""The references of a comparison as a list: from the entries of BibTeX, from DOIs, or said to be those of a source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.literature.schema import Record

BUNDLED = (
    "reference numbers without an entry in this list are those of the document from which the row was taken (for the "
    "bundled rows, the supplementary information that they call SI)"
)
MOST_AUTHORS = 3


def references(records: Sequence[Record], entries: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """One line per reference that the records name, in their order, and one about those that are only numbers.

    Parameters
    ----------
    records
        The results that are shown.
    entries
        Citation key -> the fields of its BibTeX entry.
    """
    found: dict[str, str] = {}
    bare = False
    for record in records:
        key = record.values.get("reference", "").strip().strip("[]")
        if record.own:
            continue
        doi = record.values.get("doi", "")
        if key in entries:
            found.setdefault(key, f"[{key}] {formatted(entries[key])}")
        elif doi:
            found.setdefault(key or doi, f"[{key}] https://doi.org/{doi}" if key else f"https://doi.org/{doi}")
        else:
            bare = bare or key not in {"", "-"}
    return (*found.values(), *([BUNDLED] if bare else []))


def formatted(fields: Mapping[str, str]) -> str:
    """Authors, title, journal, year, volume, pages and DOI of an entry, as far as it has them."""
    journal = fields.get("journal") or fields.get("booktitle", "")
    place = " ".join(part for part in (fields.get("volume", ""), _year(fields), fields.get("pages", "")) if part)
    doi = fields.get("doi", "").removeprefix("https://doi.org/")
    parts = [_authors(fields.get("author", "")), fields.get("title", ""), f"{journal} {place}".strip()]
    parts += [f"https://doi.org/{doi}"] if doi else []
    return re.sub(r"\s+", " ", ", ".join(_plain(part) for part in parts if part)).replace("--", "–")


def _year(fields: Mapping[str, str]) -> str:
    year = fields.get("year", "") or fields.get("date", "")[:4]
    return f"({year})" if year else ""


def _authors(text: str) -> str:
    names = [name.strip() for name in re.split(r"\s+and\s+", text) if name.strip()]
    return "; ".join(names[:MOST_AUTHORS]) + (" et al." if len(names) > MOST_AUTHORS else "")


def _plain(text: str) -> str:
    return re.sub(r"[{}]", "", text).strip()
