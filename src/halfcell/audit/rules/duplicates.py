"""Different cells or samples do not share measured values to the last of many digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict, place
from halfcell.audit.same_cell import is_own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = (
    "a measured value of at least four digits, or two of three digits in a row, stands in two different rows of a table"
)
LIMITS = (
    "Set values (currents, temperatures, pressures, cycles) are left out. A note: one weighing may have served for "
    "both."
)
SET = {
    "", "areal_capacity", "average_voltage", "balancing_capacity", "c_rate", "collector_mass", "current_density",
    "cycle", "diameter", "electrolyte_volume", "loading", "mass_fraction", "overlap", "pressure", "rate_capacity",
    "temperature", "theoretical_capacity", "thickness", "ionic_conductivity", "total_conductivity", "bulk_conductivity",
}  # fmt: skip


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for shared values between the subjects of each table."""
    for records in facts.by_table().values():
        pairs: dict[tuple[str, str], list[tuple[Reading, Reading]]] = {}
        for one, other, names in _equal([record for record in records if is_own(record)]):
            pairs.setdefault(names, []).append((one, other))
        for names, shared in pairs.items():
            if any(_digits(one) >= 4 for one, _ in shared) or len(shared) >= 2:
                yield _finding(names, shared)


def _equal(records: list[Record]) -> Iterator[tuple[Reading, Reading, tuple[str, str]]]:
    """Measured readings of one column that print the same for two subjects, each column and subject once."""
    seen: dict[tuple[str, int, str], tuple[str, Reading]] = {}
    for record in records:
        name = record.subject or record.name
        for reading in record.readings:
            if reading.quantity in SET or _digits(reading) < 3:
                continue
            before = seen.setdefault((reading.label, reading.column, reading.printed.text), (name, reading))
            if before[0] != name and before[1].place != reading.place:
                yield before[1], reading, (before[0], name)


def _digits(reading: Reading) -> int:
    return len(reading.printed.text.replace(".", "").lstrip("-+0"))


def _finding(names: tuple[str, str], shared: list[tuple[Reading, Reading]]) -> Finding:
    values = ", ".join(dict.fromkeys(f"{a.label.lower()} {a.text}" for a, _ in shared))
    return Finding(
        rule="duplicates",
        verdict=Verdict.SEEN,
        severity="note",
        what=f"{names[0]} and {names[1]} share values",
        explain=f"two different cells print the same to the last digit: {values}",
        places=tuple(dict.fromkeys(place(reading) for pair in shared for reading in pair)),
        ask="Was each measured on its own?",
    )
