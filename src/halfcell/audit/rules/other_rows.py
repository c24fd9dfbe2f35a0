"""A row does not break a relation between columns that all other rows of its table hold to the last digit."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from math import log
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.same_cell import is_own
from halfcell.audit.typing_errors import typing_errors
from halfcell.core.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "if X = A·B, A/B, 1/A, A + B, A − B, A + B + C or k·A, k·A², k·A·B, k·A/B (one k) in all rows but one, it "
    "holds there"
)
LIMITS = (
    "Found by the numbers, not by the words: it needs at least two other rows (three, if k is free) whose agreement "
    "by chance is improbable, counting all relations that were tried, and one wrong digit, two swapped ones or a "
    "shifted point in one number of the row must explain it: a row of another batch deviates otherwise."
)
NAME = "other_rows"
COLUMNS = 14  # of one table that are compared
ROWS = 60
DECADE = 2.3  # natural logarithm of ten: how far a number is known before it is read
CHANCE = 1e-3  # that the other rows of a table agree by chance in any relation that was tried
FREE = 1e-4  # the same where a constant is free
PERCENT = {"%", "wt%", "at%", "vol%", "mol%"}
Key = tuple[str, str, str, int | None, str, int]
_SHAPES = (
    ((1,), True),
    ((2,), True),
    ((-1,), False),
    ((1, 1), False),
    ((1, -1), False),
    ((1, 1), True),
    ((1, -1), True),
)


class _Span(NamedTuple):
    """The ends of an interval, in logarithms or as numbers relative to the target."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


class _Relation(NamedTuple):
    """A relation between columns, the target first: its interval in each row, in which 0 or one constant must lie."""

    words: str
    columns: tuple[Key, ...]
    powers: tuple[int, ...]  # of the factors; empty for a sum
    spans: Mapping[int, _Span]
    free: bool


class _Broken(NamedTuple):
    """A relation, the one row that breaks it, and the probability that the others agree by chance."""

    relation: _Relation
    row: int
    chance: float


class _Column(NamedTuple):
    """A column: its readings by row."""

    key: Key
    cells: Mapping[int, Reading]


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for relations in the document's own rows of each table."""
    for records in facts.by_table().values():
        rows = [record for record in records if is_own(record)][:ROWS]
        if len(rows) > 2:
            yield from _of_table(rows, facts.settings.rounding)


def _of_table(rows: Sequence[Record], rounding: Rounding) -> Iterator[Finding]:
    columns = _columns(rows)
    relations = [*_products(columns, rounding), *_sums(columns, rounding)]
    best: dict[int, _Broken] = {}
    for relation in relations:
        found = _broken(relation, columns)
        limit = FREE if relation.free else CHANCE
        if found and found.chance * len(relations) < limit:
            before = best.get(found.row)
            best[found.row] = found if before is None or found.chance < before.chance else before
    cells = {column.key: column.cells for column in columns}
    for row, broken in best.items():
        used = [cells[key][row] for key in broken.relation.columns]
        mended = _mended(broken.relation, used, rounding)
        if mended and not any(_is_kept(r, row) and _shares(r, broken, columns) for r in relations):
            yield _finding(rows[row], broken, used, mended)


def _mended(relation: _Relation, used: Sequence[Reading], rounding: Rounding) -> list[str]:
    """The numbers with which a row keeps a relation, if one typing error in one of its numbers explains it."""
    middle = _constant(relation) if relation.free else 0.0
    found = []
    for place, reading in enumerate(used):
        for text in typing_errors(reading.printed.text):
            tried = [*used[:place], replace(reading, printed=Printed(text)), *used[place + 1 :]]
            span = _span(tried, relation.powers, rounding)
            if span and span.low <= middle <= span.high:
                found.append(f"{text} for {reading.printed.text}")
    return found


def _is_kept(relation: _Relation, row: int) -> bool:
    """Whether a row keeps a relation that no row breaks."""
    return row in relation.spans and not relation.free and all(s.low <= 0 <= s.high for s in relation.spans.values())


def _shares(relation: _Relation, broken: _Broken, columns: Sequence[_Column]) -> bool:
    """Whether a relation explains the target of a broken one in all rows."""
    same = relation.columns[0] == broken.relation.columns[0]
    found = same and _chance(relation, [*relation.spans], columns) < CHANCE
    return found and set(relation.columns) == set(broken.relation.columns)


def _columns(rows: Sequence[Record]) -> list[_Column]:
    """The columns of exact numbers above zero."""
    found: dict[Key, dict[int, Reading]] = {}
    twice: set[Key] = set()
    for index, record in enumerate(rows):
        for reading in record.readings:
            key = (reading.label, reading.group, reading.unit.text, reading.cycle, reading.at, reading.part)
            cells = found.setdefault(key, {})
            if index in cells:
                twice.add(key)
            if not reading.sign and reading.upper is None and reading.spread is None and reading.point > 0:
                cells[index] = reading
    kept = [_Column(key, cells) for key, cells in found.items() if key not in twice and len(cells) > 2]
    return [column for column in kept if len({r.printed.text for r in column.cells.values()}) > 1][:COLUMNS]


def _products(columns: Sequence[_Column], rounding: Rounding) -> Iterator[_Relation]:
    """Products and quotients of one or two columns, with or without a free constant."""
    for powers, free in _SHAPES:
        for chosen in permutations(columns, 1 + len(powers)):
            target, *factors = chosen
            if (powers == (1, 1) and factors[0].key > factors[1].key) or not (free or _fits(target, factors, powers)):
                continue
            spans = _spans(chosen, powers, rounding)
            yield _Relation(_words(factors, powers, free), tuple(c.key for c in chosen), powers, spans, free)


def _spans(chosen: Sequence[_Column], powers: tuple[int, ...], rounding: Rounding) -> dict[int, _Span]:
    """The interval of a relation in each row that has all its numbers."""
    rows = set.intersection(*({*column.cells} for column in chosen))
    made = {row: _span([column.cells[row] for column in chosen], powers, rounding) for row in sorted(rows)}
    return {row: span for row, span in made.items() if span}


def _span(used: Sequence[Reading], powers: tuple[int, ...], rounding: Rounding) -> _Span | None:
    """Target over product as a logarithm; target less sum over target, for a sum."""
    whole, *others = (reading.interval(rounding) for reading in used)
    if not powers:
        scale = float(used[0].point)
        low, high = whole.low - sum(o.high for o in others), whole.high - sum(o.low for o in others)
        return _Span(float(low) / scale, float(high) / scale) if scale > 0 else None
    if min(whole.low, *(other.low for other in others)) <= 0:
        return None
    ends = [(log(whole.low), log(whole.high))]
    for other, power in zip(others, powers, strict=True):
        pair = sorted((-power * log(other.low), -power * log(other.high)))
        ends.append((pair[0], pair[1]))
    return _Span(sum(low for low, _ in ends), sum(high for _, high in ends))


def _fits(target: _Column, factors: Sequence[_Column], powers: Sequence[int]) -> bool:
    """Whether the units of a product are those of the target."""
    units = [next(iter(column.cells.values())).unit for column in (target, *factors)]
    if any(unit.kind and unit.kind not in PERCENT for unit in units):
        return False
    made = [sum(p * unit.dimension[i] for p, unit in zip(powers, units[1:], strict=True)) for i in range(7)]
    return tuple(made) == units[0].dimension


def _words(factors: Sequence[_Column], powers: Sequence[int], free: bool) -> str:
    """A relation in words."""
    signs = {1: "× ", -1: "/ ", 2: "× "}
    parts = [f"{signs[p]}{f.key[0]}{'²' if p == 2 else ''}" for f, p in zip(factors, powers, strict=True)]
    text = " ".join(parts).removeprefix("× ")
    return f"a constant × {text}" if free else f"1 {text}" if text.startswith("/") else text


def _sums(columns: Sequence[_Column], rounding: Rounding) -> Iterator[_Relation]:
    """A column as the sum of two or three others, in one unit."""
    for size in (2, 3):
        for parts in combinations(columns, size):
            for target in (column for column in columns if column not in parts and _alike(column, parts)):
                chosen = (target, *parts)
                words = " + ".join(part.key[0] for part in parts)
                yield _Relation(words, tuple(c.key for c in chosen), (), _spans(chosen, (), rounding), free=False)


def _alike(column: _Column, others: Sequence[_Column]) -> bool:
    first = next(iter(column.cells.values())).unit
    return bool(first.text) and all(next(iter(o.cells.values())).unit.fits(first) for o in others)


def _broken(relation: _Relation, columns: Sequence[_Column]) -> _Broken | None:
    """The one row that breaks a relation; None if it is kept by all, or broken by several."""
    middle = _constant(relation) if relation.free else 0.0
    bad = [row for row, span in relation.spans.items() if not span.low <= middle <= span.high]
    good = [row for row in relation.spans if row not in bad]
    if len(bad) != 1 or len(good) < (3 if relation.free else 2):
        return None
    return _Broken(relation, bad[0], _chance(relation, good, columns))


def _constant(relation: _Relation) -> float:
    """The logarithm of the constant that most rows allow."""
    ends = [span.low for span in relation.spans.values()]
    return max(ends, key=lambda end: sum(span.low <= end <= span.high for span in relation.spans.values()), default=0.0)


def _chance(relation: _Relation, good: Sequence[int], columns: Sequence[_Column]) -> float:
    """The probability that these rows agree by chance.

    The first row agrees if its number lies in an interval of a decade, each further one in the range of the others.
    """
    cells = {column.key: column.cells for column in columns}
    logs = [log(cells[relation.columns[0]][row].point) for row in good]
    scatter = max(logs) - min(logs)
    widths = sorted(relation.spans[row].width for row in good)
    first = 1.0 if relation.free else min(1.0, widths[-1] / DECADE)
    chance = first
    for width in widths[: len(widths) - 1]:
        chance *= min(1.0, width / scatter) if scatter > 0 else 1.0
    return chance


def _finding(record: Record, broken: _Broken, used: Sequence[Reading], mended: Sequence[str]) -> Finding:
    target, *others = used
    relation, count = broken.relation, len(broken.relation.spans) - 1
    return Finding(
        rule=NAME,
        verdict=Verdict.SEEN,
        severity="warning",
        what=f"{target.label} of {record.name} and the other rows",
        explain=f"in the other {count} rows {target.label} is {relation.words}; here it is not: "
        f"{', '.join(reading.text for reading in used)}; it would be with {' or '.join(mended[:3])}",
        places=tuple(reading.place for reading in used),
        printed=target.text,
        ask=f"Is one of the {len(others) + 1} numbers mistyped?",
    )
