"""Captions do not contradict one another: one state of the electrode has one voltage, one range one pair of limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading

FORMULA = (
    "the voltage printed for the fully lithiated (discharged) state is the same in all captions; so for the "
    "delithiated state"
)
LIMITS = "Captions of anodes only. Where rounding lets both be true (0 V may be 0.01 V) it is a note, else a warning."
_STATES = (
    ("delithiated", re.compile(r"\b(delithiat|(fully )?charged)", re.IGNORECASE)),
    ("lithiated", re.compile(r"\b(lithiat|(fully )?discharged)", re.IGNORECASE)),
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Compare the voltages of each state over the captions, and the limits of cycling."""
    found: dict[str, list[Reading]] = {}
    for reading in facts.statements:
        state = _state(reading)
        if state:
            found.setdefault(state, []).append(reading)
    for state, readings in found.items():
        yield from _contradicting(facts, state, readings)
    yield from _ranges(facts)


def _ranges(facts: Facts) -> Iterator[Finding]:
    """Ranges of one quantity that captions print for one cell: rates, voltages, that differ are worth a note."""
    first: dict[tuple[str, str], Reading] = {}
    for reading in facts.statements:
        if (
            reading.upper is None
            or not reading.subject
            or reading.quantity not in {"c_rate", "voltage", "current_density"}
        ):
            continue
        before = first.setdefault((reading.quantity, reading.subject), reading)
        if before.upper is not None and (before.point, before.upper.value) != (reading.point, reading.upper.value):
            yield Finding(
                rule="captions",
                verdict=Verdict.SEEN,
                severity="note",
                what=f"range of {reading.quantity.replace('_', ' ')} of {reading.subject}",
                explain=f"{before.where} prints {before.printed.text} to {before.upper.text} {before.unit.text}, "
                f"{reading.where} {reading.printed.text} to {reading.upper.text} {reading.unit.text}",
                places=(place(before), place(reading)),
                ask="Is it the same test?",
            )


def _state(reading: Reading) -> str:
    if reading.quantity not in {"voltage", "upper_voltage", "lower_voltage"} or reading.upper is not None:
        return ""
    return next((name for name, pattern in _STATES if pattern.search(reading.label)), "")


def _contradicting(facts: Facts, state: str, readings: list[Reading]) -> Iterator[Finding]:
    rounding = facts.settings.rounding
    usual = max(readings, key=lambda r: (sum(o.point == r.point for o in readings), r.printed.decimals))
    for reading in readings:
        if reading.point == usual.point:
            continue
        allowed = reading.interval(rounding).meets(usual.interval(rounding))
        same = ", ".join(dict.fromkeys(r.where for r in readings if r.point == usual.point))
        yield Finding(
            rule="captions",
            verdict=Verdict.SEEN,
            severity="note" if allowed else "warning",
            what=f"voltage of the {state} state",
            explain=f"{reading.where} prints {reading.text}, {same} {usual.text}"
            + ("; rounding allows both to be the same" if allowed else ""),
            places=(place(reading), place(usual)),
            ask="Is it the same state?",
        )
