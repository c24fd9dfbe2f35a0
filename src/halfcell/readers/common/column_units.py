"""The units in the column headers of cyclers and potentiostats, and their factors into the canonical units."""

from __future__ import annotations

from halfcell.core.units import UnitSet

_UNITS = UnitSet(
    units=(
        *("s", "ms", "min", "h", "d"),
        *("V", "mV", "uV"),
        *("A", "mA", "uA", "nA"),
        *("Ah", "mAh", "uAh", "A s", "mA s"),
        *("Wh", "mWh", "uWh", "W s", "mW s"),
        *("W", "mW", "ohm", "mohm", "Hz", "kHz", "mHz", "MHz"),
        *("degC", "psi", "Pa", "kPa", "MPa", "bar", "degree", "1", ""),
    ),
    into=("s", "V", "A", "Ah", "Wh", "W", "ohm", "Hz", "degC", "Pa", "degree", ""),
    aliases={"C": "degC", "deg C": "degC", "mO": "mohm"},
)


def factor(unit: str) -> float | None:
    """What a number in `unit` is multiplied by to be in s, V, A, Ah, Wh, W, ohm, Hz, degC or Pa; None if not known."""
    return _UNITS.factor(unit)
