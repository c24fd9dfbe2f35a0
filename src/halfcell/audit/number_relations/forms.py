"""The forms that a relation between columns may have: what a target is calculated from its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise, permutations
from typing import TYPE_CHECKING, Literal, NamedTuple

from halfcell.audit.number_relations.spans import Span, added, divided, multiplied, powered, taken

if TYPE_CHECKING:
    from halfcell.audit.number_relations.columns import Column

Calculation = Callable[[Sequence[Span]], Span]
Free = Literal["", "factor", "term"]
Group = Literal["ratio", "product", "sum", "change", "mean", "whole", "long", "factor", "term"]
ONE = Span(1.0, 1.0)
MANY = 10  # columns; in a wider table only constant multiples of one column are tried
SIMPLE = 4  # forms of `_OPEN` with one column
MOST_TERMS = 3  # of a sum of columns that need not stand side by side


class Relation(NamedTuple):
    """A target and the columns that it is calculated from.

    `words` is the relation with the labels of its columns; `free` says whether a constant factor or term is open;
    `group` are the relations that it is counted among; `turned` compares 1 − target (−1) or 1 + target (1).
    """

    words: str
    target: Column
    inputs: tuple[Column, ...]
    calculate: Calculation
    group: Group
    free: Free = ""
    turned: int = 0
    powers: tuple[int, ...] = ()  # of the inputs of a product

    @property
    def power(self) -> int:
        """The power of the first input of a product; 1 for anything else."""
        return self.powers[0] if self.powers else 1


def relations(columns: Sequence[Column]) -> Iterator[Relation]:
    """All relations that the units of some columns allow."""
    for target in columns:
        others = [column for column in columns if column is not target]
        varied = [column for column in others if column.varies]
        yield from _wholes(target, others)
        if target.varies:
            yield from _sums(target, others)
            yield from _products(target, others)
            yield from _changes(target, others)
            yield from _means(target, others)
            yield from _free(target, varied)
            yield from _open_terms(target, varied)


def _product(powers: Sequence[int]) -> Calculation:
    def calculate(spans: Sequence[Span]) -> Span:
        found = ONE
        for span, power in zip(spans, powers, strict=True):
            found = multiplied(found, span if power == 1 else powered(span, power))
        return found

    return calculate


def _labels(inputs: Sequence[Column], powers: Sequence[int]) -> str:
    raised = {2: "²", 3: "³", -2: "²", -3: "³"}
    above = [f"{c.label}{raised.get(p, '')}" for c, p in zip(inputs, powers, strict=True) if p > 0]
    below = [f"{c.label}{raised.get(p, '')}" for c, p in zip(inputs, powers, strict=True) if p < 0]
    return " / ".join([" × ".join(above) or "1", *below])


_EXACT: tuple[tuple[tuple[int, ...], Group], ...] = (
    ((-1,), "product"), ((2,), "long"), ((1, 1), "product"), ((1, -1), "ratio"), ((-1, -1), "long"), ((3, -2), "long"),
    ((2, -2), "long"), ((1, 1, 1), "long"), ((1, 1, -1), "long"), ((1, -1, -1), "long"),
)  # fmt: skip
PLAIN = ((-1,), (1, 1), (1, -1))  # forms of columns that all are without a dimension
# Powers of the columns beside an open constant, the simplest first
_OPEN: tuple[tuple[int, ...], ...] = ((1,), (-1,), (2,), (-2,), (1, 1), (1, -1), (-1, -1), (2, 1), (1, -2), (2, -1))


def _products(target: Column, others: Sequence[Column]) -> Iterator[Relation]:
    """Products and quotients whose units are those of the target."""
    if not target.is_measured:
        return
    usable = [column for column in others if column.is_measured]
    for powers, group in _EXACT:
        for chosen in permutations(usable, len(powers)):
            if _ordered(chosen, powers) and _fits(target, chosen, powers):
                yield Relation(_labels(chosen, powers), target, chosen, _product(powers), group, powers=powers)


def _ordered(chosen: Sequence[Column], powers: Sequence[int]) -> bool:
    """Whether columns of the same power stand in their order, so that each product is tried once."""
    pairs = zip(chosen, chosen[1:], powers, powers[1:], strict=False)
    return all(one.place < other.place or p != q for one, other, p, q in pairs)


def _fits(target: Column, chosen: Sequence[Column], powers: Sequence[int]) -> bool:
    plain = all(column.is_pure for column in chosen)
    if plain and (not target.is_pure or powers not in PLAIN):
        return False
    made = [0] * len(target.dimension)
    for column, power in zip(chosen, powers, strict=True):
        made = [a + power * b for a, b in zip(made, column.dimension, strict=True)] if any(column.dimension) else made
    if tuple(made) != target.dimension:
        return False
    return len(chosen) > 1 or powers != (1,)


def _sums(target: Column, others: Sequence[Column]) -> Iterator[Relation]:
    """Sums and differences in one unit; shares that are 100 % together."""
    alike = [column for column in others if column.alike(target)]
    for size in range(2, MOST_TERMS + 1):
        for parts in combinations(alike if target.has_unit else (), size):
            yield Relation(" + ".join(p.label for p in parts), target, parts, _total, "sum")
    run = _run(target, others)
    if len(run) >= MOST_TERMS:
        yield Relation(" + ".join(p.label for p in run), target, tuple(run), _total, "sum")
    if target.is_share:
        for size in (1, 2):
            for parts in combinations([c for c in alike if c.place > target.place], size):
                words = "100 % − " + " − ".join(p.label for p in parts)
                yield Relation(words, target, parts, _rest, "whole")


def _run(target: Column, others: Sequence[Column]) -> list[Column]:
    """The columns right before a target that are in its unit."""
    before = [column for column in others if column.place < target.place]
    run: list[Column] = []
    for column in reversed(before):
        if not column.alike(target) or column.place != target.place - 1 - len(run):
            break
        run.insert(0, column)
    return run


def _wholes(target: Column, others: Sequence[Column]) -> Iterator[Relation]:
    """Columns side by side in one unit, the target the first of them, that are 1 or 100 together."""
    if not target.is_pure:
        return
    run: list[Column] = []
    for column in sorted(others, key=lambda c: c.place):
        if column.place == target.place + 1 + len(run) and column.alike(target):
            run.append(column)
            if len(run) >= 2:
                words = " − ".join(p.label for p in run)
                yield Relation(f"1 − {words}", target, tuple(run), _rest, "whole")
                if not target.has_unit:
                    yield Relation(f"100 − {words}", target, tuple(run), _rest_of_100, "whole")


def _total(spans: Sequence[Span]) -> Span:
    return Span(sum(s.low for s in spans), sum(s.high for s in spans))


def _rest(spans: Sequence[Span]) -> Span:
    return taken(ONE, _total(spans))


def _rest_of_100(spans: Sequence[Span]) -> Span:
    return taken(Span(100.0, 100.0), _total(spans))


def _changes(target: Column, others: Sequence[Column]) -> Iterator[Relation]:
    """What two columns in one unit differ by, relative to one of them or to a third column."""
    if not target.is_measured:
        return
    for one, other in permutations([c for c in others if c.is_measured], 2):
        if not one.alike(other):
            continue
        if target.is_pure and (one.has_unit or target.is_share):
            yield Relation(f"({one.label} − {other.label}) / {other.label}", target, (one, other), _gain, "change")
            yield Relation(f"({one.label} − {other.label}) / {one.label}", target, (one, other), _loss, "change")
            if one.place < other.place:
                yield Relation(f"{one.label} / ({one.label} + {other.label})", target, (one, other), _part, "change")
                yield Relation(f"{other.label} / ({one.label} + {other.label})", target, (other, one), _part, "change")
        for third in others:
            made = tuple(a - b for a, b in zip(one.dimension, third.dimension, strict=True))
            plain = third.unit.kind in {"", "cycle"}
            if (
                third is not one
                and third is not other
                and plain
                and made == target.dimension
                and one.has_unit
                and not one.is_pure
            ):
                words = f"({one.label} − {other.label}) / {third.label}"
                yield Relation(words, target, (one, other, third), _slope, "long")


def _gain(spans: Sequence[Span]) -> Span:
    quotient = divided(spans[0], spans[1])
    return Span(quotient.low - 1, quotient.high - 1)


def _loss(spans: Sequence[Span]) -> Span:
    quotient = divided(spans[1], spans[0])
    return Span(1 - quotient.high, 1 - quotient.low)


def _part(spans: Sequence[Span]) -> Span:
    return divided(ONE, added(ONE, divided(spans[1], spans[0])))


def _slope(spans: Sequence[Span]) -> Span:
    return divided(taken(spans[0], spans[1]), spans[2])


def _means(target: Column, others: Sequence[Column]) -> Iterator[Relation]:
    """The mean of two, or of all columns side by side before or behind the target."""
    alike = [column for column in others if column.alike(target)]
    sizes = range(2, len(alike) + 1)
    runs = [tuple(alike[start : start + size]) for size in sizes for start in range(len(alike) - size + 1)]
    for parts in (run for run in runs if _together(run)):
        words = f"the mean of {', '.join(p.label for p in parts)}"
        yield Relation(words, target, parts, _mean, "mean")
        if len(parts) > 2:
            words = f"the standard deviation of {', '.join(p.label for p in parts)}"
            yield Relation(words, target, parts, _deviation, "mean")


def _together(run: Sequence[Column]) -> bool:
    return all(other.place - one.place == 1 for one, other in pairwise(run))


def _mean(spans: Sequence[Span]) -> Span:
    whole = _total(spans)
    return Span(whole.low / len(spans), whole.high / len(spans))


def _deviation(spans: Sequence[Span]) -> Span:
    """The standard deviation, of a sample or of all: between the two, and as far as rounding moves it."""
    middle = sum(span.middle for span in spans) / len(spans)
    squares = sum((span.middle - middle) ** 2 for span in spans)
    by = max(span.width for span in spans) / 2
    return Span(max(0.0, (squares / len(spans)) ** 0.5 - by), (squares / (len(spans) - 1)) ** 0.5 + by)


def _free(target: Column, others: Sequence[Column]) -> Iterator[Relation]:
    """Products with a factor that is the same in all rows."""
    for powers in _OPEN if len(others) < MANY else _OPEN[:SIMPLE]:
        for chosen in permutations(others, len(powers)):
            if _ordered(chosen, powers):
                words = f"a constant × {_labels(chosen, powers)}".replace("× 1 / ", "/ ")
                yield Relation(words, target, chosen, _product(powers), "factor", "factor", powers=powers)
    for one, other in permutations(others, 2):
        if one.has_unit and other.alike(one) and not one.alike(target):
            words = f"a constant × ({one.label} − {other.label})"
            yield Relation(words, target, (one, other), _difference, "factor", "factor")


def _open_terms(target: Column, others: Sequence[Column]) -> Iterator[Relation]:
    """Sums with a term that is the same in all rows, and 1 less a constant multiple."""
    for other in others:
        if target.is_pure and not other.is_pure:
            words = f"1 − a constant × {other.label}"
            yield Relation(words, target, (other,), _same, "term", "factor", turned=-1)
            words = f"a constant × {other.label} − 1"
            yield Relation(words, target, (other,), _same, "term", "factor", turned=1)
        if other.alike(target) and other.place < target.place:
            yield Relation(f"{other.label} + a constant", target, (other,), _same, "term", "term")


def _difference(spans: Sequence[Span]) -> Span:
    return taken(spans[0], spans[1])


def _same(spans: Sequence[Span]) -> Span:
    return spans[0]
