"""A mean and a standard deviation are those of the numbers of the single cells beside them."""

from __future__ import annotations

import dataclasses
import re
from fractions import Fraction
from itertools import product
from math import sqrt
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, number, over, plus
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "mean = Σ x_i / n; standard deviation = √(Σ (x_i − mean)² / (n − 1)), or / n; standard error = SD/√n"
LIMITS = (
    "Columns called Cell 1, Cell 2 ... (run, sample, trial, replicate, #), and rows called mean below those of single "
    "cells; it is compared where most rows, or columns, agree."
)
MOST = 8  # single values, chosen: more are not printed beside their mean
SPREAD_PART = 100  # the number behind ± is another one than the mean of the same cell
MOST_ROWS = 40  # above a row of means
SLACK = Fraction(1, 10**9)  # relative; allows for floating-point error of the root
_SINGLE = re.compile(
    r"^(?:cell|run|sample|trial|replicate|test|coin cell|measurement|electrode|repeat|no\.?|#)\s*#?\s*"
    r"(?:\d{1,2}|[a-h])\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"^(?:mean|average|avg\.?|x̄)\b", re.IGNORECASE)
_SPREAD = re.compile(r"^(?:s\.?d\.?|std\.?(?: ?dev(?:iation)?\.?)?|standard deviation|σ)(?:\s|$)", re.IGNORECASE)


_ERROR = re.compile(r"^(?:s\.?e\.?m?\.?|standard error(?: of (?:the )?mean)?)(?:\s|$)", re.IGNORECASE)
_COUNT = re.compile(r"\b[nN]\s*=\s*(\d{1,4})\b")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check both for each table with single values."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _mean(r))], rounding)
        yield from if_most_agree(_mean_rows(records), rounding)
        ways = [[c for r in records if (c := _spread(r, less, rounding))] for less in (1, 0)]
        yield from best_agreeing(ways, rounding)
        yield from best_agreeing([_spread_rows(records, less, rounding) for less in (1, 0)], rounding)
        yield from if_most_agree([c for r in records if (c := _of_mean(r, facts))], rounding)


def _single(record: Record) -> list[Reading]:
    """The numbers of single cells."""
    exact = [r for r in record.readings if not r.sign and r.upper is None]
    found = [r for r in exact if _SINGLE.match(r.label)]
    means = [r for r in exact if _MEAN.match(r.label)]
    if not found and len(means) == 1:  # D (anodic), D (cathodic), Mean: the columns before it that begin alike
        before = [r for r in exact if r.column < means[0].column and r.unit.text and r.unit.fits(means[0].unit)]
        found = before if len({r.label.strip()[:1] for r in before}) == 1 else []
    return found if 1 < len(found) <= MOST else []


def _one(record: Record, pattern: re.Pattern[str]) -> Reading | None:
    found = [r for r in record.readings if pattern.match(r.label)]
    return found[0] if len(found) == 1 and not found[0].sign else None


def _mean(record: Record) -> Claim | None:
    single, mean = _single(record), _one(record, _MEAN)
    if not single or mean is None:
        return None
    return _mean_claim(f"mean of {record.name}", mean, single)


def _mean_claim(what: str, mean: Reading, single: Sequence[Reading]) -> Claim:
    return Claim(
        rule="mean_and_spread",
        what=what,
        target=mean,
        direct=over(plus(*single), number(len(single))),
        severity="warning",
        soft=True,
        ask="Which cells does the mean count?",
    )


def _mean_rows(records: Sequence[Record]) -> list[Claim]:
    """A row called mean, as that of the rows above it; a column with gaps is left out."""
    return [
        _mean_claim(f"mean of {target.label or 'the rows'}", dataclasses.replace(target, spread=None), column)
        for target, column in _means(records)
    ]


def _spread_rows(records: Sequence[Record], less: int, rounding: Rounding) -> list[Claim]:
    """The numbers behind ± in a row called mean, as the standard deviations of the rows above it."""
    return [
        _spread_claim(
            f"standard deviation of {target.label or 'the rows'}",
            dataclasses.replace(target, printed=target.spread, spread=None, part=target.part + SPREAD_PART),
            column,
            less,
            rounding,
        )
        for target, column in _means(records)
        if target.spread and len(column) <= MOST
    ]


def _means(records: Sequence[Record]) -> Iterator[tuple[Reading, list[Reading]]]:
    """Each number of a row called mean with those of the rows above it, back to the mean before."""
    above: list[Record] = []
    for record in records:
        if not _MEAN.match(record.subject):
            above.append(record)
            continue
        for target in record.readings if 1 < len(above) <= MOST_ROWS else ():
            column = [r for row in above for r in row.readings if _is_beside(r, target)]
            if len(column) == len(above) and all(_is_exact(r) and r.unit.fits(target.unit) for r in (target, *column)):
                yield target, column
        above = []


def _is_beside(reading: Reading, target: Reading) -> bool:
    """Whether both are below one head (of a table that lies on its side, in one row)."""
    return reading.label == target.label and reading.part == target.part and reading.quantity == target.quantity


def _is_exact(reading: Reading) -> bool:
    return not reading.sign and reading.upper is None


def _spread(record: Record, less: int, rounding: Rounding) -> Claim | None:
    single, spread = _single(record), _one(record, _SPREAD)
    if not single or spread is None or spread.unit.kind:
        return None
    return _spread_claim(f"standard deviation of {record.name}", spread, single, less, rounding)


def _spread_claim(what: str, spread: Reading, single: Sequence[Reading], less: int, rounding: Rounding) -> Claim:
    return Claim(
        rule="mean_and_spread",
        what=what,
        target=spread,
        direct=_deviation(single, less, rounding),
        because=f"with n{' − 1' if less else ''} = {len(single) - less}",
        severity="warning",
        soft=True,
        ask="Which cells does the standard deviation count?",
    )


def _of_mean(record: Record, facts: Facts) -> Claim | None:
    """The standard error of a mean: the standard deviation over the root of the number that is printed or stated."""
    error, spread, count = _one(record, _ERROR), _one(record, _SPREAD), _count(record, facts)
    if error is None or spread is None or not count:
        return None
    root = Fraction(sqrt(count))
    return Claim(
        rule="mean_and_spread",
        what=f"standard error of {record.name}",
        target=error,
        direct=over(spread, Constant(Interval(root * (1 - SLACK), root * (1 + SLACK)), f"√{count}")),
        severity="warning",
        soft=True,
        ask="How many numbers does the mean count?",
    )


def _count(record: Record, facts: Facts) -> int:
    """How many numbers a mean counts: the column n or N, or ``n = 16`` in the caption."""
    own = [r for r in record.readings if r.label.strip() in {"n", "N"} and not r.unit.text]
    texts = [text for t in facts.paper.tables if t.name == record.table for text in (t.caption, *t.notes)]
    stated = {int(match[1]) for text in texts for match in _COUNT.finditer(text)}
    if len(own) == 1 and own[0].point.denominator == 1:
        return int(own[0].point)
    return stated.pop() if len(stated) == 1 else 0


def _deviation(single: Sequence[Reading], less: int, rounding: Rounding) -> Constant:
    """The standard deviation over all corners of the intervals; it is convex, and at least zero."""
    ends = [(r.interval(rounding).low, r.interval(rounding).high) for r in single]
    corners = [_of(values, less) for values in product(*ends)]
    half = max(high - low for low, high in ends)
    low = max(Fraction(0), _of([r.point for r in single], less) - half)
    text = f"SD({', '.join(r.printed.text for r in single)})"
    return Constant(Interval(low * (1 - SLACK), max(corners) * (1 + SLACK)), text)


def _of(values: Sequence[Fraction], less: int) -> Fraction:
    mean = sum(values, Fraction(0)) / len(values)
    square = sum((value - mean) ** 2 for value in values) / (len(values) - less)
    return Fraction(sqrt(float(square)))
