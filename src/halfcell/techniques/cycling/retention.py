"""Capacity retention: one cycle's capacity over that of a named reference cycle at the same rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.cycling.cell_kind import SAY_KIND
from halfcell.techniques.cycling.cycles import Cycle, same_rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

MOST_PERCENT = 200.0  # no material retains more: the reference was not a full cycle, or the cycle not of this test
_UNUSUAL_PERCENT = 120.0  # more than activation usually gives


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Retention with its two cycles, notes on it, and the reference half cycle of the rows."""

    found: Findings = field(default_factory=Findings)
    reference: Half | None = None


def retention(cycles: Sequence[Cycle], settings: Settings) -> Retention:
    """Capacity retention (%) of one cycle against another at the same rate; a note where there is none."""
    which = settings.retained
    if not which:
        return _none("retention_refused", f"no retention: {SAY_KIND}, or set retention_of")
    if len(cycles) == 1:
        note = Note("info", "single_cycle", "only one cycle was recorded, so there is no retention")
        return Retention(found=Findings(notes=(note,)))
    done = {c.number: c for c in cycles if c.complete and c.role != "pulses"}
    end = settings.retention_cycle or max(done, default=0)
    if len(done) < 2 or end not in done:
        complete = f"complete cycle{'s' * (len(done) != 1)} (without pulses)"
        what = f"cycle {end} is not among the {len(done)} {complete}"
        return _none("retention_refused", f"no retention: {what if len(done) > 1 else f'only {len(done)} {complete}'}")
    rate = _current(done[end], which)
    alike = [n for n, c in done.items() if same_rate(_current(c, which), rate)]
    near = next((n for n in alike if done[n].role != "formation"), alike[0])
    begin = settings.reference_cycle or near
    if begin in done and not same_rate(_current(done[begin], which), rate):
        text = (
            f"no retention of cycle {end} against cycle {begin}: they ran at {1e3 * rate:.3g} and "
            f"{1e3 * _current(done[begin], which):.3g} mA; the first cycle at the same rate is {near} (reference_cycle)"
        )
        return _none("retention_mixed_rates", text)
    return _retained(done.get(begin), done[end], which)


def _none(code: str, text: str) -> Retention:
    return Retention(found=refused(code, text))


def _retained(begin: Cycle | None, end: Cycle, which: str) -> Retention:
    one, two = begin.half(which) if begin else None, end.half(which)
    if begin is None or one is None or two is None or begin.number >= end.number:
        text = f"no retention of cycle {end.number}: no earlier complete cycle at its rate (check reference_cycle)"
        return _none("retention_refused", text)
    value = 100.0 * two.charge_ah / one.charge_ah
    if value > MOST_PERCENT:
        text = f"no retention: cycle {end.number} has {value:.0f} % of the {which} capacity of cycle {begin.number}"
        text += ", so that was no full cycle; name another (reference_cycle)"
        return _none("retention_impossible", text)
    std = value * math.hypot(one.charge_std_ah / one.charge_ah, two.charge_std_ah / two.charge_ah)
    made = {
        "capacity_retention": Quantity(value, "%", std or None, "instrument resolution" if std else "", 1),
        "reference_cycle": Quantity(begin.number, "", decimals=0),
        "retention_cycle": Quantity(end.number, "", decimals=0),
    }
    text = f"retention is the {which} capacity of cycle {end.number} against cycle {begin.number}"
    notes = [Note("info", "retention_reference", text)]
    if value > _UNUSUAL_PERCENT:
        text = f"the retention is {value:.0f} %: was cycle {begin.number} a full cycle at the same temperature?"
        notes.append(Note("doubt", "retention_above_100", f"{text} Else name another (reference_cycle)"))
    return Retention(found=Findings(quantities=made, notes=tuple(notes)), reference=one)


def _current(cycle: Cycle, which: str) -> float:
    half = cycle.half(which)
    return half.current_a if half else math.nan
