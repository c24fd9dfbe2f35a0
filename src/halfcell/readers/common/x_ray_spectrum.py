"""Energy-dispersive X-ray spectra and maps as measurements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json

_KILOELECTRONVOLT = {"ev": 1e-3, "kev": 1.0}
_HIGHEST = 200.0  # keV: above any line, and above the beam of a microscope with this detector


def kiloelectronvolts(unit: str) -> float | None:
    """Kiloelectronvolts per unit: of ``eV`` or ``keV``, also as ``Energy (EV)``; None for any other unit."""
    word = unit.lower().replace("energy", "").strip(" ()")
    return _KILOELECTRONVOLT.get(word)


def spectrum(
    energy: NDArray[Any], counts: NDArray[Any], meta: Mapping[str, Json], notes: tuple[Note, ...] = ()
) -> Measurement:
    """Make the measurement of one spectrum: energies (keV, rising) and counts of each channel.

    Raises
    ------
    InputError
        If lengths differ, energies do not rise or are beyond 200 keV, or counts are negative or no numbers.
    """
    energy, counts = np.asarray(energy, dtype=float), np.asarray(counts, dtype=float)
    if energy.shape != counts.shape or energy.ndim != 1 or len(energy) < 2:
        raise InputError(f"{energy.size} energies for {counts.size} channels")
    if not (np.isfinite(energy).all() and (np.diff(energy) > 0).all() and energy[-1] < _HIGHEST):
        raise InputError("the energies do not rise, or are beyond 200 keV", hint="the unit of the axis may be wrong")
    if not (np.isfinite(counts).all() and (counts >= 0).all()):
        raise InputError("counts are negative or no numbers")
    columns = {"energy_kiloelectronvolt": energy, "count": counts}
    return Measurement(technique="edx", columns=columns, meta=dict(meta), notes=notes)


def spectrum_image(
    energy: NDArray[Any], cube: NDArray[Any], meta: Mapping[str, Json], notes: tuple[Note, ...] = ()
) -> Measurement:
    """Make the measurement of a map: a spectrum (channels) for each pixel of (rows, columns), and their sum."""
    total = cube.sum(axis=(0, 1), dtype=float)
    made = spectrum(energy, total, meta, notes)
    return Measurement(technique="edx", columns={**made.columns, "count_map": cube}, meta=made.meta, notes=made.notes)


@dataclass(frozen=True, kw_only=True)
class ReportedAmount:
    """What an instrument's software reports of an element (its symbol or atomic number); None for what it does not."""

    element: str
    weight_percent: float | None = None
    atomic_percent: float | None = None
    k_ratio: float | None = None


def reported(amounts: Iterable[ReportedAmount]) -> dict[str, Json]:
    """Amounts that an instrument's software reports, as the `meta` of a spectrum: carried, never taken for our own."""
    listed: dict[str, Json] = {}
    for one in amounts:
        facts = {"wt%": one.weight_percent, "at%": one.atomic_percent, "k": one.k_ratio}
        known: dict[str, Json] = {name: float(value) for name, value in facts.items() if value is not None}
        if known:
            listed[one.element] = known
    return {"vendor": listed} if listed else {}
