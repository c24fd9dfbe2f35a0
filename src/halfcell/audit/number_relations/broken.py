"""Relations that all rows of a table but one hold, and how improbable it is that they do so by chance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from math import log
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.number_relations.spans import SLACK, Span, added, taken

if TYPE_CHECKING:
    from halfcell.audit.number_relations.columns import Column
    from halfcell.audit.number_relations.forms import Relation

DECADE = 2.3  # natural logarithm of ten: how far a number is known before it is read
FEWEST = 2  # other rows that must hold a relation; one more if a constant is open
TRIED = 3  # rows that tell soon that a relation does not hold: at most one of them may break it
TINY = 1e-12  # of a logarithm: no division by zero
NEAR = 1e-6  # by which logarithms may differ beside their intervals


class Rows(NamedTuple):
    """A relation in the rows of its table: by how much the target differs in each, zero or one constant if it holds.

    `is_log` says whether the differences are logarithms of quotients, or parts of `scale`.
    """

    relation: Relation
    spans: Mapping[int, Span]
    is_log: bool
    scale: float


class Broken(NamedTuple):
    """A relation that one row breaks, and the probability that the others hold it by chance."""

    rows: Rows
    row: int
    constant: float
    chance: float


def in_rows(relation: Relation) -> Rows | None:
    """The relation in each row that has all of its numbers; None if too few rows hold it."""
    columns, rows = (relation.target, *relation.inputs), relation.target.rows
    if any(column.rows != rows for column in relation.inputs):
        rows = tuple(row for row in rows if all(row in column.spans for column in relation.inputs))
    if len(rows) <= FEWEST or (relation.powers and not _may_be_product(columns, relation, rows[:TRIED])):
        return None
    scale = max(abs(relation.target.spans[row].middle) for row in rows) or 1.0
    if relation.group == "whole":
        scale = 100.0 if relation.words.startswith("100 −") else 1.0
    found: dict[int, Span] = {}
    is_log = relation.free != "term" and relation.group != "whole"
    for count, row in enumerate(rows, start=1):
        pair = _pair(relation, row)
        if is_log and min(pair[0].low, pair[1].low) <= 0:
            if relation.free:
                return None
            is_log, found = False, {done: _plain(*_pair(relation, done), scale) for done in found}
        found[row] = _logarithm(*pair) if is_log else _plain(*pair, scale)
        if count == TRIED and not _may_hold([*found.values()], relation):
            return None
    return Rows(relation, found, is_log, scale)


def _may_be_product(columns: Sequence[Column], relation: Relation, rows: Sequence[int]) -> bool:
    """Whether the first rows may hold a product, by logarithms: quick, as most of them do not."""
    found = []
    for row in rows:
        logs = [column.logs.get(row) for column in columns]
        if None in logs:
            return True
        middle, half = logs[0] or (0.0, 0.0)
        for pair, power in zip(logs[1:], relation.powers, strict=True):
            middle -= power * (pair[0] if pair else 0.0)
            half += abs(power) * (pair[1] if pair else 0.0)
        found.append((middle, half + NEAR))
    if not relation.free:
        return sum(abs(middle) <= half for middle, half in found) >= len(found) - 1
    pairs = ((one, other) for place, one in enumerate(found) for other in found[:place])
    return any(abs(one[0] - other[0]) <= one[1] + other[1] for one, other in pairs)


def _pair(relation: Relation, row: int) -> tuple[Span, Span]:
    target = relation.target.spans[row]
    made = relation.calculate([column.spans[row] for column in relation.inputs])
    return _turned(relation, target), made


def _turned(relation: Relation, target: Span) -> Span:
    """1 − target, or 1 + target, where a relation compares that."""
    if not relation.turned:
        return target
    return added(Span(1.0, 1.0), target) if relation.turned > 0 else taken(Span(1.0, 1.0), target)


def residual(rows: Rows, spans: Sequence[Span]) -> Span | None:
    """By how much a target differs, given its interval and those of the inputs; None if it cannot be compared."""
    target = _turned(rows.relation, spans[0])
    made = rows.relation.calculate(spans[1:])
    if rows.is_log:
        return _logarithm(target, made) if min(target.low, made.low) > 0 else None
    return _plain(target, made, rows.scale)


def _logarithm(target: Span, made: Span) -> Span:
    return Span(log(target.low / made.high) if made.high < float("inf") else -50.0, log(target.high / made.low))


def _plain(target: Span, made: Span, scale: float) -> Span:
    return Span((target.low - made.high) / scale, (target.high - made.low) / scale)


def _may_hold(spans: Sequence[Span], relation: Relation) -> bool:
    """Whether all rows but one agree among the first ones."""
    if not relation.free:
        return sum(span.holds(0.0) for span in spans) >= len(spans) - 1
    return any(
        one.low <= other.high and other.low <= one.high for place, one in enumerate(spans) for other in spans[:place]
    )


def constant_of(rows: Rows) -> float:
    """Zero, or the constant that most rows allow."""
    if not rows.relation.free:
        return 0.0
    lows = sorted(span.low for span in rows.spans.values())
    highs = sorted(span.high for span in rows.spans.values())

    def count(end: float) -> int:
        """The number of intervals that hold a value."""
        by = SLACK * max(1.0, abs(end))
        return bisect_right(lows, end + by) - bisect_left(highs, end - by)

    best = max([span.low for span in rows.spans.values()] + [span.high for span in rows.spans.values()], key=count)
    holding = [span for span in rows.spans.values() if span.holds(best)]
    return (max(span.low for span in holding) + min(span.high for span in holding)) / 2


def holds_in_all(rows: Rows) -> bool:
    """Whether no row breaks a relation."""
    constant = constant_of(rows)
    return all(span.holds(constant) for span in rows.spans.values())


def broken(rows: Rows, natural: bool = False) -> Broken | None:
    """The one row that breaks a relation; None if it is kept by all, or broken by several."""
    constant = constant_of(rows)
    bad = [row for row, span in rows.spans.items() if not span.holds(constant)]
    good = [row for row in rows.spans if row not in bad]
    if len(bad) != 1 or len(good) < FEWEST + (bool(rows.relation.free) and not natural):
        return None
    return Broken(rows, bad[0], constant, chance(rows, good, natural))


def chance(rows: Rows, good: Sequence[int], natural: bool = False) -> float:
    """The probability that some rows hold a relation by chance.

    The first row holds it if its number lies in the interval of one that is known within a decade, or as far as its
    inputs move it; each further one if it does in the range that the other rows show, or that one input moves it by;
    where the words name the relation (`natural`), an input that hardly varies belongs to it, too.
    """
    reach = _reach(rows, good, natural)
    widths = sorted(rows.spans[row].width for row in good)
    first = 1.0 if rows.relation.free else min(1.0, widths[-1] / _first_reach(rows, good))
    found = first
    for width in widths[:-1]:
        found *= min(1.0, width / reach) if reach > TINY else 1.0
    return found


def _first_reach(rows: Rows, good: Sequence[int]) -> float:
    """How far the first target might be off: a decade, less for a share near 1, or for a mean."""
    relation = rows.relation
    targets = [abs(relation.target.spans[row].middle) for row in good]
    if relation.group == "mean":
        return max(TINY, *(_spread(rows, row) for row in good))
    if relation.group in {"ratio", "change"} and relation.target.is_pure and min(targets) > 0:
        return max(TINY, min(DECADE, max(abs(log(t)) for t in targets)))
    return DECADE


def _spread(rows: Rows, row: int) -> float:
    """How far the inputs of a mean lie apart, relative to it."""
    middles = [column.spans[row].middle for column in rows.relation.inputs]
    return (max(middles) - min(middles)) / (abs(sum(middles) / len(middles)) or 1.0)


def _reach(rows: Rows, good: Sequence[int], natural: bool) -> float:
    """The range of the target, or the smallest by which one input moves it, over some rows."""
    relation = rows.relation
    if relation.group == "mean":
        return max(_spread(rows, row) for row in good)
    if relation.group == "whole" and natural:
        return max(_range(rows, [c.spans[row].middle for row in good]) for c in (relation.target, *relation.inputs))
    ranges = [_range(rows, [relation.target.spans[row].middle for row in good])]
    if natural and not relation.free:
        ranges.append(_range(rows, [_made(rows, row) for row in rows.spans]))
        return max(ranges)
    for place, column in enumerate(() if natural else relation.inputs):
        usual = sum(column.spans[row].middle for row in good) / len(good)
        moved = []
        for row in good:
            points = [Span(c.spans[row].middle, c.spans[row].middle) for c in relation.inputs]
            whole = relation.calculate(points).middle
            points[place] = Span(usual, usual)
            moved.append(_effect(rows, whole, relation.calculate(points).middle))
        ranges.append(max(moved) - min(moved))
    return min(ranges)


def _made(rows: Rows, row: int) -> float:
    """What the inputs of a row give."""
    found = rows.relation.calculate([column.spans[row] for column in rows.relation.inputs])
    return found.middle if abs(found.middle) < float("inf") else 0.0


def _effect(rows: Rows, one: float, other: float) -> float:
    if rows.is_log:
        return log(one / other) if one > 0 and other > 0 else DECADE
    return (one - other) / rows.scale


def _range(rows: Rows, values: Sequence[float]) -> float:
    if rows.relation.turned:
        values = [1 + rows.relation.turned * value for value in values]
    if rows.is_log and min(values) > 0:
        return log(max(values)) - log(min(values))
    return (max(values) - min(values)) / rows.scale
