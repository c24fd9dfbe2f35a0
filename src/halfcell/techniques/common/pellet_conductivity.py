"""Conductivities of pellets in figures and tables: value or bound, electronic or ionic; and units of currents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from halfcell.techniques.common.pellet import Conduction, Electrodes

Bound = Literal["value", "lower", "upper", "open"]
"""A value, a lower or an upper bound, or open to both sides."""

SIGN: dict[Bound, str] = {"value": "=", "lower": "≥", "upper": "≤", "open": "≈"}
SUBSCRIPT: dict[Conduction, str] = {"electronic": "_{e}", "ionic": "_{ion}", "not stated": ""}
ELECTRODES: dict[Conduction, Electrodes] = {"electronic": "ion-blocking", "ionic": "electron-blocking"}
"""The electrodes through which a direct current measures this conductivity."""


@dataclass(frozen=True, kw_only=True)
class CurrentUnit:
    """A unit of current: its size in ampere and its sign."""

    ampere: float
    sign: str


_UNITS = tuple(
    CurrentUnit(ampere=ampere, sign=sign) for ampere, sign in ((1.0, "A"), (1e-3, "mA"), (1e-6, "µA"), (1e-9, "nA"))
)


def current_unit(largest: float) -> CurrentUnit:
    """The largest unit that the largest current (A) reaches; nanoampere where it reaches none."""
    return next((unit for unit in _UNITS if largest >= unit.ampere), _UNITS[-1])


def power_of_ten(number: str) -> str:
    """``2.1e-05`` as ``2.1 × 10^{−5}``; other numbers as they are."""
    mantissa, e, exponent = number.partition("e")
    return f"{mantissa} × 10^{{{str(int(exponent)).replace('-', '−')}}}" if e else number
