"""From runs at three or more heating rates to activation energies by Kissinger, Ozawa-Flynn-Wall and Friedman."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import isoconversional
from halfcell.techniques.decomposition_kinetics.conversion_curve import conversion_curve
from halfcell.techniques.decomposition_kinetics.result import Energies, KineticsResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.isoconversional import Arrhenius
    from halfcell.techniques.decomposition_kinetics.conversion_curve import ConversionCurve
    from halfcell.techniques.decomposition_kinetics.settings import Settings

    Array = NDArray[np.float64]

_FEWEST, _APART = 3, 1.2  # rates; ratio from which on two rates are not the same
_WIDE = 4.0  # ratio of the greatest to the least rate that is recommended
_MIDDLE = (0.2, 0.8)  # conversions over which the mean energies are taken
_VARIES = 0.2  # relative: an energy that varies by more is not that of one reaction
_SURE = 3.0  # standard uncertainties of a variation that is one


def analyse(measurement: Measurement, settings: Settings) -> KineticsResult:
    """One run: its heating rate and peak; one rate determines no activation energy, and none is given.

    Parameters
    ----------
    measurement
        Columns ``test_time_second``, ``temperature_degc`` and ``mass_milligram``, shape (n,).
    settings
        Which step, at which conversions, and how far temperatures may be off.

    Returns
    -------
    KineticsResult
        Heating rate (K/min) and peak temperature (degC) of the run.

    Raises
    ------
    InputError
        If the run has no heating.
    Refused
        If it lacks the step.

    Source: S. Vyazovkin et al., Thermochim. Acta 520 (2011) 1.
    """
    return analyse_series([measurement], settings)[0]


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[KineticsResult]:
    """Activation energies of a step over the heating rates of the runs, by three methods of `maths.isoconversional`.

    Parameters
    ----------
    measurements
        Runs at different heating rates, with the columns that `analyse` takes.
    settings
        Which step, at which conversions, and how far temperatures may be off.

    Returns
    -------
    tuple of one KineticsResult
        Activation energies (kJ/mol) by Kissinger, and by Ozawa, Flynn and Wall and by Friedman over the conversion;
        refused for fewer than three rates.

    Raises
    ------
    InputError
        If a run has no heating.
    Refused
        If a run lacks the step.

    Sources: H. E. Kissinger, Anal. Chem. 29 (1957) 1702; T. Ozawa, Bull. Chem. Soc. Jpn. 38 (1965) 1881; H. L.
    Friedman, J. Polym. Sci. C 6 (1964) 183.
    """
    curves = [conversion_curve(measurement, settings) for measurement in measurements]
    rates, peaks = np.array([c.rate for c in curves]), np.array([c.peak for c in curves])
    count = {"rate_count": Quantity(float(len(rates)), "", decimals=0)}
    found = _energies(curves, rates, peaks, settings) if (reason := _too_few(rates)) is None else Energies()
    return (
        KineticsResult(
            technique="decomposition_kinetics",
            quantities=_quantities(found, rates) | count,
            rows=tuple(
                {"conversion": float(c), "ozawa_energy": o.energy, "friedman_energy": f.energy}
                for c, o, f in zip(found.conversions, found.ozawa, found.friedman, strict=True)
            ),
            notes=_notes(rates, found) if reason is None else (reason,),
            simulated=any(measurement.is_simulated for measurement in measurements),
            rates=rates,
            peaks=peaks,
            energies=found,
        ),
    )


def _too_few(rates: Array) -> Note | None:
    """Why so few heating rates determine no energy; None for three or more."""
    distinct = 1 + int(np.sum(np.diff(np.log(np.sort(rates))) > np.log(_APART)))
    if distinct >= _FEWEST:
        return None
    shown = ", ".join(f"{rate:.3g}" for rate in sorted(rates))
    text = (
        f"{distinct} different heating rates ({shown} K/min) determine no activation energy: give runs of one sample at"
        " three or more rates, over a factor of four or more."
    )
    return Note("refused", "too_few_rates", text)


def _energies(curves: Sequence[ConversionCurve], rates: Array, peaks: Array, settings: Settings) -> Energies:
    """Kissinger's energy, and those at each conversion."""
    doubt = settings.temperature_doubt_degc
    ozawa, friedman = [], []
    for conversion in settings.conversions:
        at = np.array([curve.at(float(conversion)) for curve in curves])
        speeds = np.array([curve.speed_at(t) for curve, t in zip(curves, at, strict=True)])
        ozawa.append(isoconversional.ozawa_flynn_wall(rates, at, doubt))
        friedman.append(isoconversional.friedman(speeds, at, doubt))
    return Energies(
        kissinger=isoconversional.kissinger(rates, peaks, doubt),
        conversions=tuple(settings.conversions),
        ozawa=tuple(ozawa),
        friedman=tuple(friedman),
    )


def _in_the_middle(found: Energies, energies: Sequence[Arrhenius]) -> list[Arrhenius]:
    """The energies between conversions 0.2 and 0.8."""
    pairs = zip(found.conversions, energies, strict=True)
    return [one for c, one in pairs if _MIDDLE[0] - 1e-9 <= c <= _MIDDLE[1] + 1e-9]


def _quantities(found: Energies, rates: Array) -> dict[str, Quantity]:
    """The energies; means over conversions 0.2 to 0.8 with the error of one: all hang on the same temperatures."""
    peak = found.kissinger
    if peak is None or not peak.energy > 0:
        return {}
    by_energy = peak.std / (isoconversional.GAS_CONSTANT * np.log(10.0))
    quantities = {
        "kissinger_energy": Quantity(peak.energy, "kJ/mol", peak.std, "propagated"),
        "log10_prefactor": Quantity(
            isoconversional.log10_prefactor(peak), "", float(by_energy / _peak_kelvin(peak, rates)), "propagated"
        ),
    }
    means = {"ozawa_energy": found.ozawa, "friedman_energy": found.friedman}
    quantities |= {name: _mean(middle) for name, one in means.items() if (middle := _in_the_middle(found, one))}
    variation = _variation(found)
    return (
        quantities
        if variation is None
        else quantities | {"energy_variation": Quantity(100.0 * variation, "%", decimals=0)}
    )


def _peak_kelvin(peak: Arrhenius, rates: Array) -> float:
    """The temperature (K) of the peak at the mean heating rate, by Kissinger's line."""
    log_rate = float(np.mean(np.log(rates)))
    kelvin = 600.0
    for _ in range(50):
        kelvin = peak.energy / isoconversional.GAS_CONSTANT / (peak.intercept - log_rate + 2.0 * np.log(kelvin))
    return float(kelvin)


def _mean(found: Sequence[Arrhenius]) -> Quantity:
    energies = np.array([one.energy for one in found])
    std = float(np.hypot(np.mean([one.std for one in found]), np.std(energies) / np.sqrt(len(energies))))
    return Quantity(float(energies.mean()), "kJ/mol", std, "propagated")


def _variation(found: Energies) -> float | None:
    """Greatest less least energy over conversions 0.2 to 0.8, as a part of their mean."""
    energies = np.array([one.energy for one in _in_the_middle(found, found.friedman)])
    return float(np.ptp(energies) / abs(energies.mean())) if len(energies) > 1 else None


def _notes(rates: Array, found: Energies) -> tuple[Note, ...]:
    notes = []
    if float(rates.max() / rates.min()) < _WIDE:
        text = (
            f"The heating rates go from {rates.min():.3g} to {rates.max():.3g} K/min: a factor of four or more is"
            " recommended, the error of the energies grows as the range shrinks."
        )
        notes.append(Note("info", "narrow_rates", text))
    variation = _variation(found)
    error = float(np.mean([one.std / abs(one.energy) for one in found.friedman])) if found.friedman else 0.0
    if variation is not None and variation > max(_VARIES, _SURE * error):
        text = (
            f"The energy varies by {variation:.0%} between conversions 0.2 and 0.8: it is not one reaction, and a"
            " single energy (Kissinger's too) describes none. Give the energies over the conversion."
        )
        notes.append(Note("doubt", "varying_energy", text))
    return tuple(notes)
