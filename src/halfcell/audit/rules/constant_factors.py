"""A column is not off from what its table gives by the same factor in every row: a wrong area, a slipped unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.disc_areas import area_of_disc
from halfcell.audit.interval import Interval
from halfcell.audit.number_relations.constant_factors import FEWEST, Row, common_factor, is_power_of_ten
from halfcell.audit.same_cell import is_own, stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.audit.claims import Claim
    from halfcell.audit.document_place import Place
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "X = A × B, A / B or A / area, where the units of X, A and B multiply: not X = k A B with one k in all rows"
LIMITS = (
    "Columns that were understood, three rows or more that vary by a fifth. Where masses are involved, the factor may "
    "be a share of mass: it counts only if they are named as those of the active material, or if it is a power of ten; "
    "2 and 1/2 may be two sides. A column that another product of its table explains is left out. It asks and fails "
    "nothing."
)
COLUMNS = 12  # of one table that are compared: of more, a product of two agrees by chance
AREA = (0, 0, 0, 0, 2, 0, 0)  # powers of A, V, s, kg, m, K, mol
SIDES = (Fraction(2), Fraction(1, 2))  # coated sides, electrodes of a symmetric cell
MOST_AREAS = 2  # that a document states; of more, one may belong to anything
DISCS_MM = range(5, 26)  # punches of laboratories, from pressed cells to large coin cells
_ACTIVE = re.compile(r"\bactive\b|\bAM\b", re.IGNORECASE)


class _Column(NamedTuple):
    """A column: its number in each row that has one."""

    cells: Mapping[int, Reading]

    @property
    def first(self) -> Reading:
        return next(iter(self.cells.values()))


class _Factor(NamedTuple):
    """A factor that all rows share: what the target should be, and the first row."""

    words: str
    factor: Interval
    target: Reading
    inputs: tuple[Reading, ...]
    rows: int


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for such factors in the document's own rows of each table."""
    areas = _areas(facts)
    for records in facts.by_table().values():
        columns = _columns([record for record in records if is_own(record)])
        told: set[frozenset[Place]] = set()
        for target in reversed(columns):  # what is calculated stands behind what it is calculated from
            found = _factor(target, columns, facts.settings.rounding)
            if found is not None:
                places = frozenset(r.place for r in (found.target, *found.inputs))
                if places not in told:
                    yield _question(found)
                told.add(places)
            elif areas:
                yield from _of_area(target, columns, areas, facts.settings.rounding)


def _columns(records: Sequence[Record]) -> list[_Column]:
    """The columns of exact numbers above zero with a unit that were understood."""
    found: dict[tuple[object, ...], dict[int, Reading]] = {}
    for row, record in enumerate(records):
        for r in record.readings:
            exact = not r.sign and r.upper is None and not r.spread and r.point > 0
            if exact and r.quantity and r.quantity != "at_condition" and not r.unit.kind and any(r.unit.dimension):
                found.setdefault((r.label, r.group, r.unit.text, r.cycle, r.at, r.part), {})[row] = r
    return [_Column(cells) for cells in found.values() if len(cells) >= FEWEST][:COLUMNS]


def _factor(target: _Column, columns: Sequence[_Column], rounding: Rounding) -> _Factor | None:
    """The factor of the first product that has one; None if another product of the table gives the target."""
    found: list[_Factor] = []
    others = [column for column in columns if column is not target]
    for (first, one), (second, other) in permutations(enumerate(others), 2):
        for sign in (1, -1):
            if _is_efficiency(target.first, one.first, other.first):
                continue
            if (sign > 0 and first > second) or not _fits(target.first, one.first, other.first, sign):
                continue  # a product is tried in one order
            rows = [row for row in target.cells if row in one.cells and row in other.cells]
            pairs = [_row(target.cells[row], one.cells[row], other.cells[row], sign, rounding) for row in rows]
            if 2 * sum(pair.printed.meets(pair.made) for pair in pairs) >= len(pairs) > 0:
                return None
            factor = common_factor(pairs)
            if factor is not None and _tells(factor, target.first, (one.first, other.first)):
                words = f"{one.first.label} {'×' if sign > 0 else '/'} {other.first.label}"
                inputs = (one.cells[rows[0]], other.cells[rows[0]])
                found.append(_Factor(words, factor, target.cells[rows[0]], inputs, len(rows)))
    return found[0] if found else None


def _is_efficiency(*readings: Reading) -> bool:
    """Whether a charge is compared with a discharge: their ratio is a result."""
    names = [r.quantity for r in readings if r.quantity.endswith("capacity") and "charge" in r.quantity]
    return len({"discharge" in name for name in names}) > 1


def _fits(target: Reading, one: Reading, other: Reading, sign: int) -> bool:
    pairs = zip(one.unit.dimension, other.unit.dimension, strict=True)
    return tuple(a + sign * b for a, b in pairs) == target.unit.dimension


def _row(target: Reading, one: Reading, other: Reading, sign: int, rounding: Rounding) -> Row:
    right = other.interval(rounding)
    inverse = right if sign > 0 else right.inverse() or right
    return Row(target.interval(rounding), one.interval(rounding) * inverse)


def _tells(factor: Interval, target: Reading, inputs: Sequence[Reading]) -> bool:
    """Whether neither a share of mass nor two coated sides explain a factor."""
    if any(factor.low <= side <= factor.high for side in SIDES):
        return False
    bases = [r for r in (target, *inputs) if r.unit.dimension[3]]
    masses = [r for r in bases if r.unit.dimension[3] > 0]
    named = bool(masses) and all(_ACTIVE.search(f"{r.of} {r.label}") for r in masses)
    return is_power_of_ten(factor) or not bases or named


def _question(found: _Factor) -> Finding:
    factor, target = found.factor, found.target
    slipped = "; a power of ten: is a unit wrong?" if is_power_of_ten(factor) else ""
    return Finding(
        rule="constant_factors",
        verdict=Verdict.SEEN,
        severity="warning",
        what=f"{target.label} in {target.where}",
        explain=f"in all {found.rows} rows it is {float(factor.middle):.4g} times {found.words}, first "
        f"{target.text} beside {' and '.join(r.text for r in found.inputs)}{slipped}",
        places=(target.place, *(r.place for r in found.inputs)),
        printed=target.text,
        ask="Which mass, area or unit was used for this column?",
    )


def _areas(facts: Facts) -> list[tuple[str, Interval]]:
    """The areas that the texts state, by themselves or as diameters; none if there are many."""
    rounding = facts.settings.rounding
    areas = {r.point: r for r in stated(facts, "area", "cm2") if r.upper is None}
    named = ("diameter", "disc_diameter")
    discs = {r.point: r for name in named for r in stated(facts, name, "mm") if r.upper is None}
    found = [(r.text, r.interval(rounding)) for r in areas.values()]
    found += [(r.text, area_of_disc(r.interval(rounding))) for r in discs.values()]
    return found if len(areas) <= MOST_AREAS and len(discs) <= MOST_AREAS else []


def _of_area(
    target: _Column, columns: Sequence[_Column], areas: Sequence[tuple[str, Interval]], rounding: Rounding
) -> Iterator[Finding]:
    """A column per area, and what was divided by an area, which must be one of those that are stated."""
    others = [column for column in columns if column is not target]
    for one, below in [*((one, None) for one in others), *permutations(others, 2)]:
        rows = [row for row in target.cells if row in one.cells and (below is None or row in below.cells)]
        if len(rows) < FEWEST or not _is_per_area(target.first, one.first, below.first if below else None):
            continue
        parts = [(target.cells[row], one.cells[row], below.cells[row] if below else None) for row in rows]
        used = _used_area([_parted(*part, rounding) for part in parts])
        if used is not None and not any(_is_same(used, area) for _, area in areas):
            whole = [one.cells[rows[0]], *([below.cells[rows[0]]] if below else [])]
            yield _of_areas(used, whole, target.cells[rows[0]], len(rows), areas)
            return


def _is_per_area(target: Reading, one: Reading, below: Reading | None) -> bool:
    """Whether one column over another one, of thickness over resistance, is the target times an area."""
    if below is not None and not (one.quantity == "thickness" and "resistance" in below.quantity):
        return False
    parted = below.unit.dimension if below else (0,) * len(AREA)
    made = zip(one.unit.dimension, parted, target.unit.dimension, strict=True)
    return tuple(a - b - c for a, b, c in made) == AREA


def _parted(target: Reading, one: Reading, below: Reading | None, rounding: Rounding) -> Row:
    over = below.interval(rounding).inverse() if below else None
    whole = one.interval(rounding)
    return Row(whole * over if over else whole, target.interval(rounding))


def _used_area(pairs: Sequence[Row]) -> Interval | None:
    """The area by which all rows are divided, in m2."""
    scaled = [Row(Interval(p.printed.low * 10**8, p.printed.high * 10**8), p.made) for p in pairs]  # never near 1
    found = common_factor(scaled)
    return Interval(found.low / 10**8, found.high / 10**8) if found else None


def _is_same(used: Interval, area: Interval) -> bool:
    """Whether an area is the stated one, or one or both sides of it; stated ones are rounded."""
    return any(used.low * side <= area.high * Fraction(101, 100) and area.low * Fraction(99, 100) <= used.high * side
               for side in (1, *SIDES))  # fmt: skip


def _of_areas(
    used: Interval, whole: Sequence[Reading], target: Reading, count: int, areas: Sequence[tuple[str, Interval]]
) -> Finding:
    square = f"{float(used.middle * 10_000):.4g} cm2"
    discs = [d for d in DISCS_MM if area_of_disc(Interval(Fraction(d, 1000), Fraction(d, 1000))).meets(used)]
    square += f" (a disc of {discs[0]} mm)" if discs else ""
    said = " and ".join(text for text, _ in areas)
    return Finding(
        rule="constant_factors",
        verdict=Verdict.SEEN,
        severity="warning",
        what=f"area behind {target.label} in {target.where}",
        explain=f"in all {count} rows {' / '.join(r.label for r in (*whole, target))} is {square}, first "
        f"{' / '.join(r.text for r in (*whole, target))}; the document states {said}",
        places=(target.place, *(r.place for r in whole)),
        printed=target.text,
        ask="Which area do these electrodes have?",
    )
