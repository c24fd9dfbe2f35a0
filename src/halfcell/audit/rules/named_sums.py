"""A column whose head is a sum of other heads is that sum: Σ(Ni, Co, Mn), Rs + Rct."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import plus
from halfcell.audit.formulas.symbols import compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "Σ(A, B, C) = A + B + C, where A, B and C are heads of the same table"
LIMITS = "Every part must be a head, in the unit of the sum; it is compared only where most rows agree."
FEWEST = 2  # parts
_SUM = re.compile(r"^(?:Σ|∑|[Ss]um(?: of)?) ?[(\[]?([^()\[\]]+)[)\]]?$")
_PARTED = re.compile(r"\s*(?:\+|,|;|\band\b|&)\s*")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each such column of each table."""
    for records in facts.by_table().values():
        labels = dict.fromkeys(reading.label for record in records for reading in record.readings)
        for label in labels:
            parts = _parts(label)
            if len(parts) >= FEWEST:
                yield from if_most_agree(_claims(records, label, parts), facts.settings.rounding)


def _parts(label: str) -> tuple[str, ...]:
    """The heads that a head adds up; empty if it is no sum."""
    text = " ".join(label.split())
    match = _SUM.match(text)
    if not match and " + " not in text and not re.fullmatch(r"[\w()]+(?:\+[\w()]+)+", text):
        return ()
    return tuple(compact(part) for part in _PARTED.split(match[1] if match else text) if part)


def _claims(records: Sequence[Record], label: str, parts: Sequence[str]) -> list[Claim]:
    found = []
    for record in records:
        exact = {compact(r.label): r for r in record.readings if not r.sign and r.upper is None}
        target = exact.get(compact(label))
        used = [exact[part] for part in parts if part in exact]
        if target and len(used) == len(parts) and all(_is_alike(r, target) for r in used):
            found.append(
                Claim(
                    rule="named_sums",
                    what=f"{label} of {record.name}",
                    target=target,
                    direct=plus(*used),
                    severity="warning",
                    soft=True,
                    ask="Is one of these numbers mistyped?",
                )
            )
    return found


def _is_alike(reading: Reading, target: Reading) -> bool:
    return reading.unit.fits(target.unit) and reading.has_unit == target.has_unit
