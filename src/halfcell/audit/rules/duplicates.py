"""Different cells or samples do not share measured values to the last of many digits."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict, place
from halfcell.audit.links import is_own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.facts import Facts, Reading, Record

FORMULA = (
    "a measured value of at least four digits, or two of three digits in a row, stands in two different rows of a table"
)
LIMITS = (
    "Set values (currents, temperatures, pressures, cycles) are left out. A note: one weighing may have served for "
    "both."
)
SET = {
    "current_density",
    "c_rate",
    "temperature",
    "pressure",
    "cycle",
    "diameter",
    "thickness",
    "theoretical_capacity",
    "",
}


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for shared values between the subjects of each table."""
    for records in facts.by_table().values():
        first = _one_each([record for record in records if is_own(record)])
        for left, right in combinations(first, 2):
            shared = _shared(left, right)
            if shared:
                yield _finding(left, right, shared)


def _one_each(records: list[Record]) -> list[tuple[str, list[Reading]]]:
    """Each subject with all its measured readings, merged cells once."""
    found: dict[str, dict[tuple[str, int, int], Reading]] = {}
    for record in records:
        readings = found.setdefault(record.name, {})
        readings.update({r.place: r for r in record.readings if r.quantity not in SET})
    return [(name, list(readings.values())) for name, readings in found.items()]


def _shared(left: tuple[str, list[Reading]], right: tuple[str, list[Reading]]) -> list[tuple[Reading, Reading]]:
    """Equal readings of the same column."""
    pairs = [
        (one, other)
        for one in left[1]
        for other in right[1]
        if one.place != other.place and (one.label, one.column) == (other.label, other.column)
    ]
    equal = [(a, b) for a, b in pairs if a.printed.text == b.printed.text and _digits(a) >= 3]
    return equal if any(_digits(a) >= 4 for a, _ in equal) or len(equal) >= 2 else []


def _digits(reading: Reading) -> int:
    return len(reading.printed.text.replace(".", "").lstrip("-+0"))


def _finding(
    left: tuple[str, list[Reading]], right: tuple[str, list[Reading]], shared: list[tuple[Reading, Reading]]
) -> Finding:
    values = ", ".join(f"{a.label.lower()} {a.text}" for a, _ in shared)
    return Finding(
        rule="duplicates",
        verdict=Verdict.SEEN,
        severity="note",
        what=f"{left[0]} and {right[0]} share values",
        explain=f"two different cells print the same to the last digit: {values}",
        places=tuple(place(reading) for pair in shared for reading in pair),
        ask="Was each measured on its own?",
    )
