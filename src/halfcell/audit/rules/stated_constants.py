"""A column follows from other columns and a number that the text states: an area, a density, a molar mass, a share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.agreeing_rows import is_mistyped
from halfcell.audit.claims import Claim
from halfcell.audit.expression import (
    Constant,
    Expression,
    Given,
    Product,
    evaluate,
    minus,
    number,
    over,
    plus,
)
from halfcell.audit.interval import exactly
from halfcell.audit.readings import Reading
from halfcell.audit.text_numbers import read
from halfcell.audit.verdicts import agrees, judge
from halfcell.core.printed import Printed
from halfcell.core.units import PLAIN

if TYPE_CHECKING:
    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "X = A·k, A/k, k/A, A·B·k, A·k/B, A/(B·k), k/(A·B), A ± k or 1 − A/k, with one k that caption, note or paragraph "
    "states"
)
LIMITS = (
    "Found by the numbers and the units: the unit of X must be that of the formula, at least two rows must hold it so "
    "closely that chance is improbable, at most one may break it, and one typing error in its row must explain that."
)
COLUMNS = 12  # of one table that are compared
CONSTANTS = 16  # numbers of the texts that are tried
CHANCE = 1e-3  # that two numbers agree as closely as those of the rows that hold a relation
FEWEST = 2  # rows that hold it
PERCENT = {"%", "wt%", "at%", "vol%", "mol%"}
_HALVES = re.compile(
    r"\b(?:per (?:side|interface|electrode)|double|single|half|both sides|one side|radius|diameter|each)\b",
    re.IGNORECASE,
)
LONGEST = 20_000  # characters of a text that is searched
Powers = tuple[int, ...]
POWERS: tuple[Powers, ...] = (
    *((1, 1), (1, -1), (-1, 1), (-1, -1)),
    *((1, 1, 1), (1, 1, -1), (1, -1, 1), (1, -1, -1), (-1, -1, 1)),
)


class _Column(NamedTuple):
    """A column: one number in each of its rows."""

    place: int
    cells: dict[int, Reading]

    @property
    def first(self) -> Reading:
        """The number in the first row."""
        return next(iter(self.cells.values()))

    @property
    def varies(self) -> bool:
        """Whether its numbers differ."""
        return len({reading.printed.text for reading in self.cells.values()}) > 1


class _Relation(NamedTuple):
    """A relation: its columns, its claim in each row, those that hold, and how improbable that is by chance."""

    columns: frozenset[int]
    claims: tuple[Claim, ...]
    holding: tuple[Claim, ...]
    chance: float


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for such relations in each table."""
    texts = [(f"paragraph {place}", text) for place, text in enumerate(facts.paper.paragraphs, start=1)]
    for table in facts.paper.tables:
        records = facts.by_table().get(table.name, ())
        near = [(table.name, text) for text in (table.caption, *table.notes)]
        given = [*_constants([*near, *texts]), *_two(records)] if len(records) > FEWEST else []
        if given:
            yield from _of_table(records, given, facts.settings.rounding)


def _constants(texts: Sequence[tuple[str, str]]) -> list[Reading]:
    """The numbers with a unit that the texts state, each once."""
    found: dict[tuple[Fraction, object], Reading] = {}
    for where, text in texts:
        for reading in read(where, text[:LONGEST]):
            if reading.upper is None and not reading.sign and _counts(reading) and reading.point > 0:
                found.setdefault((reading.point, reading.unit.dimension), reading)
    return [*found.values()][:CONSTANTS]


def _two(records: Sequence[Record]) -> list[Reading]:
    """The number 2, where a head speaks of one of two sides, of a half, of a radius."""
    labels = " ".join(dict.fromkeys(reading.label for record in records for reading in record.readings))
    if not _HALVES.search(labels):
        return []
    return [Reading(quantity="", printed=Printed("2"), unit=PLAIN, where="the heads", label="2", has_unit=False)]


def _counts(reading: Reading) -> bool:
    """Whether the unit of a number takes part in products: no temperature in °C, no C-rate, no number of cycles."""
    return bool(reading.unit.text) and (not reading.unit.kind or reading.unit.kind in PERCENT)


def _of_table(records: Sequence[Record], given: Sequence[Reading], rounding: Rounding) -> Iterator[Finding]:
    """The best relation of each column; of those between the same columns, that of the last one."""
    columns = _columns(records)
    found: dict[frozenset[int], _Relation] = {}
    for target in (column for column in columns if column.varies):
        others = [column for column in columns if column is not target]
        made = [
            relation
            for constant in given
            for size in (1, 2)
            for chosen in permutations(others, size)
            for relation in _relations(target, chosen, constant, records, rounding)
        ]
        best = min(made, key=lambda relation: (-len(relation.holding), relation.chance), default=None)
        if best and all(claim in best.holding or is_mistyped(claim, rounding) for claim in best.claims):
            found[best.columns] = best
    for relation in found.values():
        yield from (judge(claim, rounding) for claim in relation.claims)


def _columns(records: Sequence[Record]) -> list[_Column]:
    """The columns of exact numbers above zero."""
    found: dict[tuple[str, str, str, int | None, str, int], dict[int, Reading]] = {}
    for row, record in enumerate(records):
        for reading in record.readings:
            key = (reading.label, reading.group, reading.unit.text, reading.cycle, reading.at, reading.part)
            if not reading.sign and reading.upper is None and not reading.spread and reading.point > 0:
                found.setdefault(key, {})[row] = reading
    long = [cells for cells in found.values() if len(cells) > FEWEST]
    return [_Column(place, cells) for place, cells in enumerate(long[:COLUMNS])]


def _relations(
    target: _Column, chosen: Sequence[_Column], constant: Reading, records: Sequence[Record], rounding: Rounding
) -> Iterator[_Relation]:
    """The relations of some columns with one constant that most rows hold."""
    rows = [row for row in target.cells if all(row in column.cells for column in chosen)]
    for make in _forms(target.first, [column.first for column in chosen], constant):
        claims = tuple(
            _claim(records[row], target.cells[row], make([column.cells[row] for column in chosen]), constant)
            for row in rows
        )
        holding = tuple(claim for claim in claims if agrees(claim, rounding))
        if len(holding) >= FEWEST and len(claims) - len(holding) <= 1:
            chance = prod(_width(claim, rounding) for claim in holding)
            if chance < CHANCE:
                yield _Relation(frozenset(c.place for c in (target, *chosen)), claims, holding, chance)


class _Form(NamedTuple):
    """How the inputs of a row and the constant make the target."""

    constant: Expression
    powers: Powers = ()
    kind: str = "product"

    def __call__(self, inputs: Sequence[Reading]) -> Expression:
        """The expression of one row."""
        first = inputs[0]
        if self.kind == "product":
            parts: list[Expression] = [*(Given(one) for one in inputs), self.constant]
            return Product(tuple(zip(parts, self.powers, strict=True)))
        if self.kind == "rest":
            return minus(number(1), over(first, self.constant))
        return plus(first, self.constant) if self.kind == "plus" else minus(first, self.constant)


def _forms(target: Reading, inputs: Sequence[Reading], constant: Reading) -> Iterator[_Form]:
    """The forms that the units allow; a stated number is what was set, and exact."""
    given = Constant(exactly(constant.point), constant.text)
    if not all(_is_measured(one) for one in (target, *inputs)):
        return
    for powers in (one for one in POWERS if len(one) == len(inputs) + 1):
        dimensions = [one.unit.dimension for one in (*inputs, constant)]
        made = tuple(sum(p * d[place] for p, d in zip(powers, dimensions, strict=True)) for place in range(7))
        if made == target.unit.dimension and _is_told_apart(target, inputs, constant, powers):
            yield _Form(given, powers)
    if len(inputs) > 1:
        return
    same = inputs[0].unit.fits(constant.unit) and bool(inputs[0].unit.text)
    if same and target.unit.fits(constant.unit) and constant.unit.kind not in PERCENT:
        yield from (_Form(given, kind=kind) for kind in ("minus", "plus"))
    if same and target.unit.kind in PERCENT and constant.unit.kind not in PERCENT:
        yield _Form(given, kind="rest")


def _is_measured(reading: Reading) -> bool:
    return not reading.unit.kind or reading.unit.kind in PERCENT


def _is_told_apart(target: Reading, inputs: Sequence[Reading], constant: Reading, powers: Powers) -> bool:
    """Whether a product says something: a share multiplies what has the unit of the target, others have a unit."""
    if constant.unit.kind in PERCENT:
        return len(inputs) == 1 and powers == (1, 1) and inputs[0].unit.fits(target.unit) and bool(target.unit.text)
    if not constant.unit.text:  # two sides, or halves
        alike = len(inputs) == 1 and inputs[0].unit.dimension == target.unit.dimension
        return alike and bool(target.unit.text) and powers in {(1, 1), (1, -1)}
    return any(constant.unit.dimension)


def _claim(record: Record, target: Reading, made: Expression, constant: Reading) -> Claim:
    return Claim(
        rule="stated_constants",
        what=f"{target.label} of {record.name} with the stated {constant.text}",
        target=target,
        direct=made,
        because=f"{constant.text} in {constant.where}; the other rows hold it",
        severity="warning",
        soft=True,
        ask="Is one of these numbers mistyped?",
    )


def _width(claim: Claim, rounding: Rounding) -> float:
    """How closely a relation is held: the width of both intervals, relative to the target."""
    made = evaluate(claim.direct, lambda r: r.interval(rounding)) if claim.direct else None
    wide = claim.target.interval(rounding).width + (made.width if made else 0)
    return min(1.0, float(wide / abs(claim.target.point)))
