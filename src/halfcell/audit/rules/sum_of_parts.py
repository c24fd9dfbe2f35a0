"""A printed total is the sum of its printed parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "total X = sum of the columns labelled X with one word more, in the same unit (plastic + elastic = total)"
LIMITS = "Only columns whose words, but for one, are those of the total; a part printed as '-' counts as none."

_TOTAL = re.compile(r"\b(total|sum of|overall|whole)\b\s*", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each total of each record."""
    for record in facts.records:
        for total in record.readings:
            parts = _parts(record, total)
            if parts:
                yield Claim(
                    rule="sum_of_parts",
                    what=f"{total.label.lower()} of {record.name}",
                    target=total,
                    direct=plus(*parts),
                    because="a part is printed as none" if len(parts) == 1 else "",
                    ask="Which of the numbers is as measured?",
                )


def _parts(record: Record, total: Reading) -> list[Reading]:
    """The readings that the total is of."""
    noun = _TOTAL.sub("", total.label).lower().split()
    if not _TOTAL.search(total.label) or not noun:
        return []
    return [
        reading
        for reading in record.readings
        if reading is not total
        and not _TOTAL.search(reading.label)
        and reading.unit.fits(total.unit)
        and _without_one(reading.label.lower().split(), noun)
    ]


def _without_one(label: list[str], noun: list[str]) -> bool:
    """Whether the label is the noun with one word more."""
    return len(label) == len(noun) + 1 and any(label[:i] + label[i + 1 :] == noun for i in range(len(label)))
