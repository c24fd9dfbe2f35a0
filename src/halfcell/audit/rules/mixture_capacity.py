"""The capacity of a mixture is the sum of the capacities of its parts, weighted by their mass fractions."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, plus, times
from halfcell.audit.interval import exactly
from halfcell.audit.text_numbers import read
from halfcell.audit.verdicts import agrees
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "q = Σ w_i q_i, with the capacities q_i that caption, notes or paragraphs state"
LIMITS = (
    "Two or three columns of mass fractions; the stated capacities are given to the columns as most rows (at least "
    "two) agree with."
)
CAPACITIES = ("theoretical_capacity", "capacity", "reversible_capacity")
FRACTIONS = {"mass_fraction", "composition"}
_SHARED = re.compile(r"(\d[\d,.]*) (and|or|/) (\d[\d,.]*) ?(mA ?h ?(?:/ ?g|g ?(?:\^?[-−–]1|⁻¹)))")  # 3579 and 372 mAh/g
LEAST = 2  # rows that agree: one may by chance
MOST = 6  # stated capacities that are tried
LONGEST = 20_000  # characters of a text that is searched


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with mass fractions and a capacity."""
    rounding = facts.settings.rounding
    for table in facts.paper.tables:
        records = [r for r in facts.by_table().get(table.name, ()) if len(_fractions(r)) in {2, 3}]
        stated = _stated([table.caption, *table.notes, *facts.paper.paragraphs]) if len(records) >= LEAST else []
        if not stated:
            continue
        size = len(_fractions(records[0]))
        ways = [_claims(records, chosen) for chosen in permutations(stated, size)]
        best = best_agreeing(ways, rounding)
        holding = sum(agrees(claim, rounding) for claim in best)
        if holding >= LEAST and 3 * holding >= 2 * len(best):
            yield from best


def _stated(texts: Sequence[str]) -> list[Reading]:
    """The capacities per mass that the texts state."""
    unit = parse("mAh/g")
    full = [_SHARED.sub(r"\1 \4 \2 \3 \4", text[:LONGEST]) for text in texts]
    found = [r for text in full for r in read("text", text) if unit and r.unit.fits(unit) and not r.upper]
    return [*{r.point: r for r in found}.values()][:MOST]


def _fractions(record: Record) -> list[Reading]:
    """The mass fractions of a row, in their order."""
    return [r for r in record.readings if r.quantity in FRACTIONS and r.unit.kind in {"wt%", "%"} and not r.sign]


def _claims(records: Sequence[Record], chosen: Sequence[Reading]) -> list[Claim]:
    """The claims of a table for one choice of capacities."""
    found = []
    for record in records:
        target = next((r for name in CAPACITIES if (r := record.one(name, "mAh/g"))), None)
        parts = _fractions(record)
        if target and len(parts) == len(chosen):
            pure = (Constant(exactly(one.point), one.text) for one in chosen)
            terms = [times(part, one) for part, one in zip(parts, pure, strict=True)]
            found.append(
                Claim(
                    rule="mixture_capacity",
                    what=f"{target.label.lower()} of {record.name} from its parts",
                    target=target,
                    direct=plus(*terms),
                    because="with the capacities that the text states",
                    severity="warning",
                    soft=True,
                    ask="Which capacities of the parts were used?",
                )
            )
    return found
