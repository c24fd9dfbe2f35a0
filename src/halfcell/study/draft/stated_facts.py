"""What a cycling file tells of its cell: voltages that point to its kind, its half cycles, and the stated mass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.techniques.cycling.active_mass import stated_mass

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_ENDS = (2.0, 98.0)  # per cent of the records: the open circuit at the beginning does not count
_LITHIUM = 0.35  # V; only an electrode against lithium gets as low
_REVERSED = -0.2  # V; below it a cell is connected the wrong way round, or not at all
_SHORT = 0.02  # V; both sides of zero beyond it: two electrodes of one kind
_PULSE = 0.02  # of the charge of the largest half cycle; a pulse or an interruption has less
_LEAST = 5e-3  # mAh; less flows through the offset of a cycler at rest, more through the smallest cells
_SIZE = 8.0  # times: cells of one study differ by less, so that their curves fit into one panel
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
    capacity_mah: float | None = None  # the largest net charge that flows; None if the file does not tell


def cell_facts(measurements: Sequence[Measurement]) -> CellFacts:
    """What the cycling measurements of a file tell."""
    found = [m for m in measurements if m.technique == "cycling" and "voltage_volt" in m and len(m)]
    if not found:
        return CellFacts()
    voltage = np.concatenate([np.asarray(m["voltage_volt"], float) for m in found])
    low, high = (float(value) for value in np.nanpercentile(voltage, _ENDS))
    masses = tuple(dict.fromkeys(mass for m in found if (mass := _mass(m))))
    half_cycles = sum(_half_cycles(m) for m in found)
    whole = Voltages(low, high, float(voltage[0]), float(voltage[-1]))
    return _facts(whole, masses, half_cycles, _largest([_capacity_mah(m) for m in found]))


def merged(parts: Sequence[CellFacts]) -> CellFacts:
    """The facts of a cell whose test is in several files, in order."""
    voltages = [part.voltages for part in parts if part.voltages]
    if not voltages:
        return CellFacts()
    low, high = min(one.low for one in voltages), max(one.high for one in voltages)
    masses = tuple(dict.fromkeys(mass for part in parts for mass in part.masses))
    whole = Voltages(low, high, voltages[0].first, voltages[-1].last)
    largest = _largest([part.capacity_mah for part in parts])
    return _facts(whole, masses, sum(part.half_cycles for part in parts), largest)


def of_one_size(capacities: Mapping[str, float | None]) -> list[set[str]]:
    """The names of cells whose capacities fit into one panel, smallest first; without those that were never cycled."""
    groups: list[tuple[float, set[str]]] = []
    unknown = {name for name, capacity in capacities.items() if capacity is None}
    sizes = {name: capacity for name, capacity in capacities.items() if capacity is not None and capacity >= _LEAST}
    for name, capacity in sorted(sizes.items(), key=lambda item: item[1]):
        if groups and capacity <= _SIZE * groups[-1][0]:
            groups[-1][1].add(name)
        else:
            groups.append((capacity, {name}))
    found = [names for _, names in groups]
    if unknown:
        found = [found[0] | unknown, *found[1:]] if found else [unknown]
    return found


def _facts(voltages: Voltages, masses: tuple[str, ...], half_cycles: int, capacity_mah: float | None) -> CellFacts:
    is_cycled = capacity_mah is None or capacity_mah >= _LEAST
    kind = _kind(voltages) if is_cycled else ""
    asked = {"half": "kind half?", "full": "kind full, or cathode half?", "symmetric": "kind symmetric?"}
    texts = [f"most records between {voltages.low:.2f} and {voltages.high:.2f} V: {asked.get(kind, 'which kind?')}"]
    texts += [f"the file states a mass of {mass}" for mass in masses]
    texts += [] if is_cycled else ["hardly any charge flows; it is in no figure of cycling"]
    return CellFacts(kind, tuple(texts), voltages, masses, half_cycles, capacity_mah)


def _kind(voltages: Voltages) -> str:
    """The kind that the voltages point to; empty where they do not tell."""
    low, high = voltages.low, voltages.high
    if -_OXIDE < low < -_SHORT and _SHORT < high < -2.0 * low and -low < 2.0 * high:
        return "symmetric"
    if _REVERSED < low < _LITHIUM < high < _OXIDE:
        return "half"
    return "full" if low > 1.0 and high > _OXIDE else ""


def _largest(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return max(known, default=None)


def _capacity_mah(measurement: Measurement) -> float | None:
    """The largest net charge that flows: between the highest and the lowest of its integral."""
    if "current_ampere" not in measurement or "test_time_second" not in measurement or len(measurement) < 2:
        return None
    current = np.nan_to_num(np.asarray(measurement["current_ampere"], float))
    seconds = np.clip(np.diff(np.asarray(measurement["test_time_second"], float)), 0.0, None)
    charge = np.cumsum(0.5 * (current[1:] + current[:-1]) * np.nan_to_num(seconds))
    return float(max(charge.max(), 0.0) - min(charge.min(), 0.0)) / 3.6


def _half_cycles(measurement: Measurement) -> int:
    """How many times charge and discharge alternate; rests and short pulses between them do not count."""
    if "current_ampere" not in measurement:
        return 0
    current = np.nan_to_num(np.asarray(measurement["current_ampere"], float))
    largest = float(np.max(np.abs(current), initial=0.0))
    flows = np.abs(current) > 1e-3 * largest if largest else np.zeros(len(current), bool)
    if not flows.any():
        return 0
    signs = np.sign(current[flows])
    seconds = np.ones(len(current))
    if "test_time_second" in measurement and len(measurement) > 1:
        time = np.asarray(measurement["test_time_second"], float)
        seconds = np.nan_to_num(np.clip(np.diff(time, prepend=time[0]), 0.0, None))
    starts = np.concatenate(([0], np.flatnonzero(np.diff(signs)) + 1))
    charges = np.add.reduceat((np.abs(current) * seconds)[flows], starts)
    kept = signs[starts][charges >= _PULSE * charges.max()]
    return int(np.count_nonzero(np.diff(kept))) + 1


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
