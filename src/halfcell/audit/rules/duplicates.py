"""Different cells or samples do not have the same measured value down to the last of many digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.same_cell import is_own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = (
    "no measured value of at least four digits, and no two values of at least three digits, are the same for two "
    "subjects of a table"
)
LIMITS = (
    "Values that are set (currents, temperatures, pressures, cycles, whatever is the same for all of several subjects) "
    "are left out. It is a note: the two may share one weighing."
)
SET = {
    "", "areal_capacity", "average_voltage", "balancing_capacity", "c_rate", "collector_mass", "current_density",
    "cycle", "diameter", "electrolyte_volume", "loading", "mass_fraction", "overlap", "pressure", "rate_capacity",
    "temperature", "theoretical_capacity", "thickness", "ionic_conductivity", "total_conductivity", "bulk_conductivity",
    "total", "two_theta", "wavelength", "area",
}  # fmt: skip
MANY = 4  # digits of a single value
SOME = 3  # digits of each of several values


class _Shared(NamedTuple):
    """A value that two subjects share."""

    subjects: tuple[str, str]
    one: Reading
    other: Reading


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for values that two subjects of a table share."""
    for records in facts.by_table().values():
        pairs: dict[tuple[str, str], list[_Shared]] = {}
        for shared in _equal([record for record in records if is_own(record)]):
            pairs.setdefault(shared.subjects, []).append(shared)
        for shared_values in pairs.values():
            if any(_digits(shared.one) >= MANY for shared in shared_values) or len(shared_values) >= 2:
                yield _finding(shared_values)


def _equal(records: list[Record]) -> Iterator[_Shared]:
    """Measured values of one column that print the same for two subjects."""
    seen: dict[tuple[str, int, str], tuple[str, Reading]] = {}
    columns: dict[tuple[str, int], set[str]] = {}
    names = {record.subject or record.name for record in records}
    for reading in (r for record in records for r in record.readings):
        columns.setdefault((reading.label, reading.column), set()).add(reading.printed.text)
    for record in records:
        name = record.subject or record.name
        for reading in record.readings:
            same = len(columns[reading.label, reading.column]) == 1 and len(names) > 2
            weighed = (
                reading.quantity == "mass" and "mass" not in reading.label.lower()
            )  # what was taken of a substance
            is_set = same or reading.of == "collector" or weighed
            if reading.quantity in SET or _digits(reading) < SOME or is_set:
                continue
            first, before = seen.setdefault((reading.label, reading.column, reading.printed.text), (name, reading))
            if first != name and before.place != reading.place:
                yield _Shared((first, name), before, reading)


def _digits(reading: Reading) -> int:
    return len(reading.printed.text.replace(".", "").lstrip("-+0"))


def _finding(shared: Sequence[_Shared]) -> Finding:
    one, other = shared[0].subjects
    values = ", ".join(dict.fromkeys(f"{s.one.label.lower()} {s.one.text}" for s in shared))
    return Finding(
        rule="duplicates",
        verdict=Verdict.SEEN,
        severity="note",
        what=f"{one} and {other} share values",
        explain=f"the values of {one} and {other} are the same to the last digit: {values}",
        places=tuple(dict.fromkeys(reading.place for s in shared for reading in (s.one, s.other))),
        ask="Was each measured separately?",
    )
