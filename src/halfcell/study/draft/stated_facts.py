"""What a cycling file tells of its cell: voltages that point to its kind, and the mass that is stated in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_ENDS = (2.0, 98.0)  # per cent of the records: the open circuit at the beginning does not count
_LITHIUM = 0.35  # V; only an electrode against lithium gets as low
_OXIDE = 3.2  # V; only cells with a cathode of an oxide or phosphate get as high


class CellFacts(NamedTuple):
    """A guess of the kind of a cell (empty where the voltages do not tell), and sentences for a person to check."""

    kind: str = ""
    texts: tuple[str, ...] = ()


def cell_facts(measurements: Sequence[Measurement]) -> CellFacts:
    """What the cycling measurements of a file tell."""
    found = [m for m in measurements if m.technique == "cycling" and "voltage_volt" in m and len(m)]
    if not found:
        return CellFacts()
    voltage = np.concatenate([np.asarray(m["voltage_volt"], float) for m in found])
    low, high = (float(value) for value in np.nanpercentile(voltage, _ENDS))
    kind = "half" if low < _LITHIUM and high < _OXIDE else "full" if low > 1.0 and high > _OXIDE else ""
    asked = {"half": "kind half?", "full": "kind full, or cathode half?", "": "which kind?"}[kind]
    texts = [f"most records between {low:.2f} and {high:.2f} V: {asked}"]
    masses = dict.fromkeys(mass for m in found if (mass := _mass(m)))
    texts += [f"the file states a mass of {mass}" for mass in masses]
    return CellFacts(kind, tuple(texts))


def _mass(measurement: Measurement) -> str:
    """The mass in a file, as a number with its unit; empty where there is none."""
    given = measurement.meta.get("active_mass_mg")
    if isinstance(given, int | float) and given > 0:
        return f"{given:g} mg"
    text = str(measurement.meta.get("mass", ""))
    return text if re.fullmatch(r"0*[1-9][\d.]*\s*m?g|0*\.\d*[1-9]\d*\s*m?g", text) else ""
