"""The volume of a unit cell and the ratio of its axes follow from the lattice parameters."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, over, times
from halfcell.audit.interval import Interval
from halfcell.audit.oblique_cells import angles_of, skewness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "c/a; V = a³ (cubic), a² c (tetragonal), a b c (orthorhombic), √3/2 a² c (hexagonal axes), else a b c √(1 − cos²α "
    "− cos²β − cos²γ + 2 cosα cosβ cosγ)"
)
LIMITS = (
    "Of the crystal systems, the one that agrees with most rows of the table is taken. An angle that is not printed is "
    "90°, in a rhombohedral cell that of the others. Digits in brackets (errors of the last digits) are not part of "
    "the interval."
)
HEXAGONAL = Constant(Interval(Fraction(8660254037, 10**10), Fraction(8660254038, 10**10)), "√3/2")
AXES = ("a", "b", "c")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check both for each table with lattice parameters."""
    for records in facts.by_table().values():
        axes = [(record, _axes(record)) for record in records]
        rounding = facts.settings.rounding
        yield from if_most_agree([c for record, found in axes if (c := _ratio(record, found))], rounding)
        angles = {id(record): angles_of(record) for record in records}
        if any(angles.values()):
            yield from best_agreeing([_volumes(axes, system, angles, rounding) for system in (4, 5)], rounding)
        else:
            yield from best_agreeing([_volumes(axes, system) for system in range(4)], rounding)


def _axes(record: Record) -> dict[str, Reading]:
    """The lattice parameters by axis; a cubic one may be named by its words alone."""
    readings = record.all("lattice_parameter", "Å")
    named = {word: r for r in readings if (word := _axis(r.label))}
    return named or ({"a": readings[0]} if len(readings) == 1 else {})


def _axis(label: str) -> str:
    """The first axis that a head names: ``a`` of "a = b" and of "Lattice parameter a0"."""
    words = (word.strip("0()") for word in label.replace("=", " ").split())
    return next((word for word in words if word in AXES), "")


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


def _volumes(
    rows: Sequence[tuple[Record, dict[str, Reading]]],
    system: int,
    angles: Mapping[int, Mapping[str, Reading]] | None = None,
    rounding: Rounding = "half up",
) -> list[Claim]:
    found = []
    for record, axes in rows:
        volume = record.one("cell_volume", "Å3")
        own = angles[id(record)] if angles else {}
        route = _oblique(axes, own, system == 5, rounding) if own else _volume(axes, system) if system < 4 else None
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


def _oblique(
    axes: dict[str, Reading], angles: Mapping[str, Reading], rhombohedral: bool, rounding: Rounding
) -> Expression | None:
    """The volume of a cell with an angle that is not 90°."""
    a, b, c = (axes.get(name) for name in AXES)
    skew = skewness(angles, rounding, alike=rhombohedral)
    if a is None or skew is None or (rhombohedral and (b is not None or c is not None or {*angles} != {"α"})):
        return None
    if rhombohedral:
        return times(skew, a, a, a)
    return times(skew, a, b or a, c) if c else None


def _volume(axes: dict[str, Reading], system: int) -> Expression | None:
    a, b, c = (axes.get(name) for name in AXES)
    if a is None or (system and c is None):
        return None
    if system == 0:
        return times(a, a, a) if c is None and b is None else None
    if c is None or (system == 3) != (b is not None):
        return None
    return times(a, b, c) if b else times(a, a, c) if system == 1 else times(HEXAGONAL, a, a, c)
