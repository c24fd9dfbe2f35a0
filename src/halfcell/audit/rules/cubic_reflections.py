"""The lattice parameter of a cubic crystal follows from the spacing, or the angle, of each reflection."""

from __future__ import annotations

import re
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, times
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "a = d √(h² + k² + l²)"
LIMITS = "Cubic crystals, one reflection per row with its indices in a cell; it is compared only where most rows agree."
FEWEST = 2  # rows
DIGITS = 10**9  # of the root
_INDICES = re.compile(r"^[({\[]?\s*(\d)\s*,?\s*(\d)\s*,?\s*(\d)\s*[)}\]]?$")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table of reflections."""
    for records in facts.by_table().values():
        claims = [claim for record in records if (claim := _claim(record))]
        if len(claims) >= FEWEST:
            yield from if_most_agree(claims, facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    spacing, edge, root = record.one("interlayer_spacing"), record.one("lattice_parameter"), _root(record)
    if spacing is None or edge is None or root is None:
        return None
    return Claim(
        rule="cubic_reflections",
        what=f"{edge.label} from reflection {record.name}",
        target=edge,
        direct=times(spacing, root),
        severity="warning",
        soft=True,
        ask="Is the spacing that of this reflection?",
    )


def _root(record: Record) -> Constant | None:
    """√(h² + k² + l²) of the indices in a cell of the row."""
    texts = [record.subject, record.words.get("reflection", "")]
    found = {match.groups() for text in texts if (match := _INDICES.match(text.strip()))}
    if len(found) != 1:
        return None
    h, k, l_ = (int(index) for index in found.pop())
    low = isqrt((h * h + k * k + l_ * l_) * DIGITS**2)
    text = f"√({h}² + {k}² + {l_}²)"
    return Constant(Interval(Fraction(low, DIGITS), Fraction(low + 1, DIGITS)), text) if low else None
