"""Captions do not contradict each other: one state of an electrode has one voltage, and one cell one range of rates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading

FORMULA = (
    "all captions print the same voltage for the fully lithiated (discharged) state, and likewise for the delithiated "
    "(charged) state"
)
LIMITS = (
    "Captions about anodes only; a caption that shows several states at several voltages is left out. It is a warning, "
    "or a note if rounding allows both voltages (0 V may be 0.01 V)."
)
_STATES = (
    ("delithiated", re.compile(r"\b(delithiat|(fully )?charged)", re.IGNORECASE)),
    ("lithiated", re.compile(r"\b(lithiat|(fully )?discharged)", re.IGNORECASE)),
)
_VOLTAGES = {"voltage", "upper_voltage", "lower_voltage"}
_RANGES = {"c_rate", "voltage", "current_density"}


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Compare the voltages of each state, and the ranges of each cell, over all captions."""
    found: dict[str, list[Reading]] = {}
    for reading in facts.statements:
        state = _state(reading)
        if state:
            found.setdefault(state, []).append(reading)
    for state, readings in found.items():
        several = {r.where for r in readings if len({o.point for o in readings if o.where == r.where}) > 1}
        yield from _contradicting(facts, state, [r for r in readings if r.where not in several])
    yield from _ranges(facts)


def _ranges(facts: Facts) -> Iterator[Finding]:
    """Different ranges (of rates, voltages, currents) that captions print for one cell: a note."""
    first: dict[tuple[str, str], Reading] = {}
    for reading in facts.statements:
        if reading.upper is None or not reading.subject or reading.quantity not in _RANGES:
            continue
        before = first.setdefault((reading.quantity, reading.subject), reading)
        if before.upper is not None and (before.point, before.upper.value) != (reading.point, reading.upper.value):
            yield Finding(
                rule="captions",
                verdict=Verdict.SEEN,
                severity="note",
                what=f"range of {reading.quantity.replace('_', ' ')} of {reading.subject}",
                explain=f"{before.where} prints {before.printed.text} to {before.upper.text} {before.unit.text}, but "
                f"{reading.where} prints {reading.printed.text} to {reading.upper.text} {reading.unit.text}",
                places=(before.place, reading.place),
                ask="Is it the same test?",
            )


def _state(reading: Reading) -> str:
    if reading.quantity not in _VOLTAGES or reading.upper is not None:
        return ""
    return next((name for name, pattern in _STATES if pattern.search(reading.label)), "")


def _contradicting(facts: Facts, state: str, readings: list[Reading]) -> Iterator[Finding]:
    """Voltages that differ from the one that most captions print for a state."""
    if not readings:
        return
    rounding = facts.settings.rounding
    usual = max(readings, key=lambda r: (sum(o.point == r.point for o in readings), r.printed.decimals))
    for reading in readings:
        if reading.point == usual.point:
            continue
        allowed = reading.interval(rounding).meets(usual.interval(rounding))
        same = list(dict.fromkeys(r.where for r in readings if r.point == usual.point))
        others = f"{', '.join(same)} print{'s' if len(same) == 1 else ''}"
        yield Finding(
            rule="captions",
            verdict=Verdict.SEEN,
            severity="note" if allowed else "warning",
            what=f"voltage of the {state} state",
            explain=f"{reading.where} prints {reading.text}, but {others} {usual.text}"
            + ("; rounding allows both to be the same" if allowed else ""),
            places=(reading.place, usual.place),
            ask="Is it the same state?",
        )
