"""What a cycling file tells of its cell: voltages that point to its kind, its half cycles, and the stated mass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.techniques.cycling.active_mass import stated_mass

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_ENDS = (2.0, 98.0)  # per cent of the records: the open circuit at the beginning does not count
_LITHIUM = 0.35  # V; only an electrode against lithium gets as low
_REVERSED = -0.2  # V; below it a cell is connected the wrong way round, or not at all
_OXIDE = 3.2  # V; only cells with a cathode of an oxide or phosphate get as high


class Voltages(NamedTuple):
    """Where most records are, and the first and the last record, in V."""

    low: float
    high: float
    first: float
    last: float


class CellFacts(NamedTuple):
    """A guess of the kind of a cell (empty where the voltages do not tell), and what it was made from."""

    kind: str = ""
    texts: tuple[str, ...] = ()  # sentences for a person to check
    voltages: Voltages | None = None
    masses: tuple[str, ...] = ()
    half_cycles: int = 0


def cell_facts(measurements: Sequence[Measurement]) -> CellFacts:
    """What the cycling measurements of a file tell."""
    found = [m for m in measurements if m.technique == "cycling" and "voltage_volt" in m and len(m)]
    if not found:
        return CellFacts()
    voltage = np.concatenate([np.asarray(m["voltage_volt"], float) for m in found])
    low, high = (float(value) for value in np.nanpercentile(voltage, _ENDS))
    masses = tuple(dict.fromkeys(mass for m in found if (mass := _mass(m))))
    half_cycles = sum(_half_cycles(m) for m in found)
    return _facts(Voltages(low, high, float(voltage[0]), float(voltage[-1])), masses, half_cycles)


def merged(parts: Sequence[CellFacts]) -> CellFacts:
    """The facts of a cell whose test is in several files, in order."""
    voltages = [part.voltages for part in parts if part.voltages]
    if not voltages:
        return CellFacts()
    low, high = min(one.low for one in voltages), max(one.high for one in voltages)
    masses = tuple(dict.fromkeys(mass for part in parts for mass in part.masses))
    whole = Voltages(low, high, voltages[0].first, voltages[-1].last)
    return _facts(whole, masses, sum(part.half_cycles for part in parts))


def _facts(voltages: Voltages, masses: tuple[str, ...], half_cycles: int) -> CellFacts:
    low, high = voltages.low, voltages.high
    kind = "half" if _REVERSED < low < _LITHIUM and high < _OXIDE else "full" if low > 1.0 and high > _OXIDE else ""
    asked = {"half": "kind half?", "full": "kind full, or cathode half?", "": "which kind?"}[kind]
    texts = [f"most records between {low:.2f} and {high:.2f} V: {asked}"]
    texts += [f"the file states a mass of {mass}" for mass in masses]
    return CellFacts(kind, tuple(texts), voltages, masses, half_cycles)


def _half_cycles(measurement: Measurement) -> int:
    """How many times charge and discharge alternate; rests between them do not count."""
    if "current_ampere" not in measurement:
        return 0
    current = np.asarray(measurement["current_ampere"], float)
    largest = float(np.nanmax(np.abs(current), initial=0.0))
    signs = np.sign(current[np.abs(current) > 1e-3 * largest]) if largest else np.empty(0)
    return int(np.count_nonzero(np.diff(signs))) + 1 if signs.size else 0


def _mass(measurement: Measurement) -> str:
    """The mass in a file, as a number with its unit; empty where there is none, or only the instrument's default."""
    stated = stated_mass(measurement.meta)
    if stated is not None:
        return f"{stated:.5g} mg"
    given = measurement.meta.get("active_mass_mg")
    if isinstance(given, int | float) and given > 0:
        return f"{given:g} mg"
    text = str(measurement.meta.get("mass", ""))
    return text if re.fullmatch(r"0*[1-9][\d.]*\s*m?g|0*\.\d*[1-9]\d*\s*m?g", text) else ""
