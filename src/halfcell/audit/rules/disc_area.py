"""The area of a disc follows from its diameter."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import closer_if_most_agree, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.rules.conductivity import disc
from halfcell.audit.text_numbers import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "A = π d² / 4"
LIMITS = (
    "Of a table it is compared only where most rows agree: the area may be that of another part. In captions and "
    "sentences one diameter and one area must stand side by side, one of them in brackets or behind a comma."
)
LENGTH = (0, 0, 0, 0, 1, 0, 0)  # powers of A, V, s, kg, m, K, mol
AREA = (0, 0, 0, 0, 2, 0, 0)  # powers of A, V, s, kg, m, K, mol
BESIDE = 45  # characters between the two numbers
_BETWEEN = re.compile(r"^\s*mm\b[^.;]{0,20}?[(\[,][^.;()]*$|^\s*cm[^.;]{0,20}?[(\[,][^.;()]*$")
_ROUND = re.compile(r"\bdiam|\bdis[ck]s?\b|Ø|∅", re.IGNORECASE)
_MORE = re.compile(r"\b(?:anode|cathode|counter|separator|respectively|foil|lithium|and)\b", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each table with diameters and areas, and for texts that state both of one disc."""
    yield from _in_texts(facts)
    for records in facts.by_table().values():
        made = [(_claim(record, nominal=False), _claim(record, nominal=True)) for record in records]
        pairs = [(a, b) for a, b in made if a and b]
        safe = if_most_agree([a for a, _ in pairs], facts.settings.rounding)
        yield from closer_if_most_agree(pairs, facts.settings.rounding) if safe else ()


def _in_texts(facts: Facts) -> Iterator[Claim]:
    """Claims of a diameter and an area side by side: ``12 mm (1.13 cm2)``."""
    texts = {caption.name: caption.text for caption in facts.paper.captions}
    texts |= {f"paragraph {place}": text for place, text in enumerate(facts.paper.paragraphs, start=1)}
    for where, text in texts.items():
        found = [r for r in read(where, text) if r.upper is None] if _ROUND.search(text) else []
        for first, second in pairwise(found):
            between = text[first.column + len(first.printed.text) : second.column]
            sizes = {r.unit.dimension: r for r in (first, second)}
            if set(sizes) != {LENGTH, AREA} or len(between) > BESIDE or not _BETWEEN.match(between):
                continue
            around = text[max(first.column - BESIDE, 0) : second.column]
            if _ROUND.search(around) and not _MORE.search(between):
                yield _claimed(sizes[AREA], sizes[LENGTH], f"the disc of {where}", nominal=True)


def _claim(record: Record, nominal: bool) -> Claim | None:
    area, diameter = record.one("area", "cm2"), record.one("diameter", "mm")
    if not (area and diameter):
        return None
    return _claimed(area, diameter, record.name, nominal)


def _claimed(area: Reading, diameter: Reading, name: str, nominal: bool) -> Claim:
    return Claim(
        rule="disc_area",
        what=f"area of {name}",
        target=area,
        direct=disc(diameter, nominal),
        severity="warning",
        soft=True,
        ask="Are diameter and area those of the same disc?",
    )
