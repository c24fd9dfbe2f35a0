"""Voltammograms of one electrode at several scan rates: how peak currents grow, and the diffusion coefficient.

The current of a peak grows as ``i = a v^b``: b is 0.5 where semi-infinite diffusion limits it, 1 for what is adsorbed
or capacitive (Lindström et al., J. Phys. Chem. B 101 (1997) 7717). For b near 0.5 and a reversible couple the equation
of Randles and Sevcik gives the diffusion coefficient, ``i = 0.4463 n F A C (n F v D / R T)^(1/2)`` (A. J. Bard,
L. R. Faulkner, Electrochemical Methods, 2nd ed. (2001), eq. 6.2.18).
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.students_t import students_factor
from halfcell.techniques.voltammetry.analyse import analyse
from halfcell.techniques.voltammetry.capacitive_share import capacitive_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.techniques.voltammetry.result import VoltammetryResult
    from halfcell.techniques.voltammetry.settings import Settings

    Floats = NDArray[np.float64]

_LEAST, _SPAN = 3, 3.0  # scan rates, and the ratio of the fastest to the slowest
_FOR_ERROR = 4  # scan rates for an uncertainty: the scatter of three around a line tells none (82 % within 1)
_NEAR_V = 0.15  # V by which a peak may move from one scan rate to the next
_DIFFUSION = (0.42, 0.58)  # exponents of a peak that diffusion limits
_FARADAY, _GAS = 96485.33212, 8.314462618  # C/mol, J/(mol K)
_PEAK = 0.4463  # the height of a reversible peak (Randles 1948, Sevcik 1948; Nicholson and Shain 1964)


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[VoltammetryResult, ...]:
    """Analyse each voltammogram, and follow the largest peak of either branch over the scan rates.

    Each result has the exponents of the series (`anodic_b_value`, `cathodic_b_value`), from three scan rates or more
    that span a factor of three, the diffusion coefficient where area and concentration are set, and its own share of
    charge that is stored at surfaces (`capacitive_share`).

    Parameters
    ----------
    measurements
        Voltammograms of one electrode: time (s), potential (V) and current (A), shape (n,) each.
    settings
        See `Settings`; area (cm2) and concentration (mol/cm3) for a diffusion coefficient.

    Returns
    -------
    tuple of VoltammetryResult
        In the order of the measurements.

    Raises
    ------
    InputError, Refused
        As for a single voltammogram.

    Source: H. Lindström et al., J. Phys. Chem. B 101 (1997) 7717, for b; J. E. B. Randles, Trans. Faraday Soc. 44
    (1948) 327, for D.
    """
    results = tuple(analyse(measurement, settings) for measurement in measurements)
    rates = np.array([result["scan_rate"].value for result in results])
    known = np.isfinite(rates) & (rates > 0)
    distinct = np.unique(np.round(np.log(rates[known]), 2))
    if len(distinct) < _LEAST or float(np.ptp(np.log(rates[known]))) < math.log(_SPAN):
        return results
    made: dict[str, Quantity] = {}
    notes: list[Note] = []
    ordered = sorted((r for r, good in zip(results, known, strict=True) if good), key=lambda r: r["scan_rate"].value)
    for branch in ("cathodic", "anodic"):
        rate, current = followed_peaks(ordered, branch)
        if len(rate) >= _LEAST:
            found, said = _exponent(branch, rate, current, settings)
            made |= found
            notes += said
    stored = capacitive_shares(ordered)
    shares = dict(zip(map(id, ordered), stored.quantities, strict=True))
    notes += stored.notes
    return tuple(
        dataclasses.replace(r, quantities={**r.quantities, **made, **shares.get(id(r), {})}, notes=(*r.notes, *notes))
        for r in results
    )


def followed_peaks(results: Sequence[VoltammetryResult], branch: str) -> tuple[Floats, Floats]:
    """Scan rates (V/s) and currents (A, positive) of the largest peak at the slowest rate, followed to faster ones."""
    place, pairs = math.nan, []
    for result in results:
        peaks = [row for row in _last_cycle(result, branch) if isinstance(row["peak_potential"], float)]
        if not math.isnan(place):
            peaks = [row for row in peaks if abs(float(row["peak_potential"] or 0.0) - place) <= _NEAR_V]
        if not peaks or any(row["peak_current"] is None for row in peaks):
            continue  # one whose height is not known may be the largest
        best = max(peaks, key=lambda row: abs(float(row["peak_current"] or 0.0)))
        place = float(best["peak_potential"] or 0.0)
        pairs.append((1e-3 * result["scan_rate"].value, 1e-3 * abs(float(best["peak_current"] or 0.0))))
    array = np.array(pairs, float).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _last_cycle(result: VoltammetryResult, branch: str) -> list[Row]:
    mine = [row for row in result.rows if row["branch"] == branch]
    last = max((int(row["cycle"] or 0) for row in mine), default=0)
    return [row for row in mine if row["cycle"] == last]


def _exponent(
    branch: str, rate: Floats, current: Floats, settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """The exponent of one branch with its error from the scatter (Student's factor), and the diffusion coefficient."""
    x, y = np.log(rate), np.log(current)
    slope, offset = np.polyfit(x, y, 1)
    left, freedom = y - slope * x - offset, len(x) - 2
    spread = math.sqrt(float(left @ left) / freedom / float(np.sum((x - x.mean()) ** 2)))
    std = spread * students_factor(freedom) if len(x) >= _FOR_ERROR else 0.0
    exponent = Quantity(float(slope), "", std, "fit covariance") if std else Quantity(float(slope), "", decimals=2)
    made = {f"{branch}_b_value": exponent}
    text = f"the {branch} peak grows with the scan rate to the power {slope:.3f}, from {len(rate)} rates "
    text += f"({1e3 * rate[0]:.3g} to {1e3 * rate[-1]:.3g} mV/s)"
    text += "" if len(rate) >= _FOR_ERROR else "; three rates do not tell its uncertainty"
    notes = [Note("info", "b_value", text)]
    area, concentration = settings.area_cm2, settings.concentration_mol_per_cm3
    if area is None or concentration is None:
        return made, tuple(notes)
    if not _DIFFUSION[0] <= slope <= _DIFFUSION[1]:
        text = f"no diffusion coefficient from the {branch} peak: its current grows with the power {slope:.2f}, not 0.5"
        return made, (*notes, Note("refused", "no_randles_sevcik", text))
    root = np.sqrt(rate)
    growth = float(np.polyfit(root, current, 1)[0])
    volt = _GAS * (settings.temperature_degc + 273.15) / (settings.electrons * _FARADAY)
    unit = _PEAK * settings.electrons * _FARADAY * area * concentration / math.sqrt(volt)
    made[f"{branch}_diffusion_coefficient"] = Quantity((growth / unit) ** 2, "cm2/s")
    text = "by the equation of Randles and Sevcik, for a reversible couple and the area and concentration that were set"
    return made, (*notes, Note("info", "randles_sevcik", f"the diffusion coefficient of the {branch} peak is {text}"))
