"""The volume of a unit cell and the ratio of its axes follow from the lattice parameters."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, over, times
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "c/a; V = a³ (cubic), a² c (tetragonal), a b c (orthorhombic), √3/2 a² c (hexagonal axes)"
LIMITS = (
    "Of the crystal systems, the one that agrees with most rows of the table is taken; oblique cells are left out. "
    "Digits in brackets (errors of the last digits) are not part of the interval."
)
HEXAGONAL = Constant(Interval(Fraction(8660254037, 10**10), Fraction(8660254038, 10**10)), "√3/2")
AXES = ("a", "b", "c")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim both for each table with lattice parameters."""
    for records in facts.by_table().values():
        axes = [(record, _axes(record)) for record in records]
        rounding = facts.settings.rounding
        yield from if_most_agree([c for record, found in axes if (c := _ratio(record, found))], rounding)
        yield from best_agreeing([_volumes(axes, system) for system in range(4)], rounding)


def _axes(record: Record) -> dict[str, Reading]:
    """The lattice parameters by axis; a cubic one may be named by its words alone."""
    readings = record.all("lattice_parameter", "Å")
    named = {word: r for r in readings for word in [r.label.split()[-1].strip("0()")] if word in AXES}
    return named or ({"a": readings[0]} if len(readings) == 1 else {})


def _ratio(record: Record, axes: dict[str, Reading]) -> Claim | None:
    ratio = record.one("axial_ratio")
    if ratio is None or not {"a", "c"} <= set(axes):
        return None
    return Claim(
        rule="lattice",
        what=f"c/a of {record.name}",
        target=ratio,
        direct=over(axes["c"], axes["a"]),
        severity="warning",
        ask="Which of the three numbers was refined?",
    )


def _volumes(rows: Sequence[tuple[Record, dict[str, Reading]]], system: int) -> list[Claim]:
    found = []
    for record, axes in rows:
        volume, route = record.one("cell_volume", "Å3"), _volume(axes, system)
        if volume and route:
            found.append(
                Claim(
                    rule="lattice",
                    what=f"cell volume of {record.name}",
                    target=volume,
                    direct=route,
                    severity="warning",
                    soft=True,
                    ask="Which of the numbers was refined?",
                )
            )
    return found


def _volume(axes: dict[str, Reading], system: int) -> Expression | None:
    a, b, c = (axes.get(name) for name in AXES)
    if a is None or (system and c is None):
        return None
    if system == 0:
        return times(a, a, a) if c is None and b is None else None
    if c is None or (system == 3) != (b is not None):
        return None
    return times(a, b, c) if b else times(a, a, c) if system == 1 else times(HEXAGONAL, a, a, c)
