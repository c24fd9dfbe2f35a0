"""A printed total is the sum of its printed parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import number, plus, times
from halfcell.audit.verdicts import agrees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = (
    "total X = sum of the columns whose header is X with one more word, in the same unit (plastic + elastic = total); "
    "an overall yield or efficiency is the product of those of its steps, where the rows say so"
)
LIMITS = (
    "Only columns whose header has all words of the total and one more; a part printed as '-' counts as zero. A single "
    "part is compared only if the other one is printed so."
)

FEWEST = 2  # columns of a total without further words
SHARES = {"%", "wt%", "at%", "mol%", "vol%"}
_SYMBOL = re.compile(r"^([A-Za-zΑ-Ωα-ω])_?(?:total|tot|sum|all|cell)$")
_BARE = re.compile(r"(?:total|sum|Σ|overall)(?: \(.*\))?", re.IGNORECASE)
_TOTAL = re.compile(r"\b(total|sum of|overall|whole)\b\s*", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each total of each record."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        sums = [claim for record in records for claim in _of_parts(record)]
        products = [claim for record in records for claim in _of_parts(record, is_product=True)]
        none = not any(agrees(claim, rounding) for claim in sums)
        yield from (none and if_most_agree(products, rounding)) or sums
        yield from if_most_agree([c for r in records if (c := _of_all(r))], facts.settings.rounding)
        yield from if_most_agree([c for r in records if (c := _of_symbols(r))], facts.settings.rounding)


def _of_parts(record: Record, is_product: bool = False) -> Iterator[Claim]:
    """Each total as the sum of its parts; or the overall yield of several steps as the product of theirs."""
    for total in record.readings:
        parts = _parts(record, total)
        if is_product and (len(parts) < FEWEST or total.unit.kind not in SHARES):
            continue
        if len(parts) > 1 or (parts and _is_none(record, total)):
            because = "one step after the other" if is_product else "only one part has a value"
            yield Claim(
                rule="sum_of_parts",
                what=f"{total.label.lower()} of {record.name}",
                target=total,
                direct=times(*parts) if is_product else plus(*parts),
                because=because if is_product or len(parts) == 1 else "",
                ask="Which of the numbers was measured?",
            )


def _of_symbols(record: Record) -> Claim | None:
    """A total named by a symbol: ``m_total`` beside ``m_cathode`` and ``m_anode``."""
    exact = [r for r in record.readings if not r.sign and r.upper is None and " " not in r.label.strip()]
    totals = [(r, match[1]) for r in exact if (match := _SYMBOL.match(r.label.strip()))]
    if len(totals) != 1:
        return None
    total, stem = totals[0]
    parts = [r for r in exact if r is not total and r.label.startswith(stem) and r.unit.fits(total.unit) and r.has_unit]
    if len(parts) < FEWEST:
        return None
    return Claim(
        rule="sum_of_parts",
        what=f"{total.label} of {record.name}",
        target=total,
        direct=plus(*parts),
        severity="warning",
        soft=True,
        ask="Which parts does the total count?",
    )


def _of_all(record: Record) -> Claim | None:
    """A column that is only called total, as the sum of all others."""
    totals = [reading for reading in record.readings if _BARE.fullmatch(reading.label.strip())]
    alike = [r for r in record.readings if len(totals) == 1 and r is not totals[0] and r.unit.fits(totals[0].unit)]
    others = [r for r in alike if r.has_unit == totals[0].has_unit]
    plain = [r for r in record.readings if not r.has_unit] if len(totals) == 1 and totals[0].unit.kind in SHARES else []
    others = others or plain  # the caption says what the numbers are shares of
    before = [r for r in others if (r.column, r.row) < (totals[0].column, totals[0].row)]
    others = before if len(before) >= FEWEST else others  # what stands behind a total are ratios of its parts
    if len(others) < FEWEST or any(r.sign or r.upper is not None for r in others):
        return None
    unit = totals[0].unit
    bare = unit.kind in SHARES and not others[0].has_unit
    whole = times(plus(*others), number(unit.scale, unit.text)) if bare else plus(*others)
    return Claim(
        rule="sum_of_parts",
        what=f"{totals[0].label.lower()} of {record.name}",
        target=totals[0],
        direct=whole,
        severity="warning",
        soft=True,
        ask="Which columns does the total count?",
    )


def _parts(record: Record, total: Reading) -> list[Reading]:
    """The parts of a total; empty if it is not a total."""
    words = _TOTAL.sub("", total.label).lower().split()
    if not _TOTAL.search(total.label) or not words:
        return []
    return [
        reading
        for reading in record.readings
        if reading is not total
        and not _TOTAL.search(reading.label)
        and reading.unit.fits(total.unit)
        and _has_one_more(reading.label.lower().split(), words)
    ]


def _is_none(record: Record, total: Reading) -> bool:
    """Whether a part of the total is printed as none."""
    words = _TOTAL.sub("", total.label).lower().split()
    return any(_has_one_more(label.lower().split(), words) for label in record.none)


def _has_one_more(label: list[str], words: list[str]) -> bool:
    """Whether a label consists of these words, in order, and one more."""
    return len(label) == len(words) + 1 and any(label[:i] + label[i + 1 :] == words for i in range(len(label)))
