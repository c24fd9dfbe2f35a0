"""From a spectrum or a map to counts of lines, amounts of elements, and maps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.x_rays import element_of_number
from halfcell.techniques.edx.composition import (
    Amounts,
    atomic_percent,
    below_nothing,
    bulk,
    film,
    refused_bulk,
    rough_weights,
)
from halfcell.techniques.edx.lines import SOFTEST, overlaps
from halfcell.techniques.edx.map_values import map_notes, map_quantities, mapped
from halfcell.techniques.edx.reported import reported_amounts, reported_notes, reported_quantities
from halfcell.techniques.edx.result import EdxResult
from halfcell.techniques.edx.spectrum import Recording, Setup, fitted_spectrum
from halfcell.techniques.edx.standards import fitting, standards_of_setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.techniques.edx.lines import LineFamily
    from halfcell.techniques.edx.settings import Settings
    from halfcell.techniques.edx.spectrum import Fitted

    Array = NDArray[np.float64]

_TAKE_OFF = 35.0  # degree: of most detectors; it enters the shape of the continuum and, with standards, cancels in part
_TRANSMISSION = 60.0  # keV: scanning microscopes end at 30, transmission microscopes begin at 60
_DETECTED = 3.0  # standard uncertainties of its counts above which an element is there
_MISFIT = 0.03  # part of the counts that the model misses beyond noise: lines of an element that is not looked for
_NAMED = 4  # pairs of lines that a note names
_RIGHT_ANGLE = 90  # degrees: a detector straight above the sample


def analyse(measurement: Measurement, settings: Settings) -> EdxResult:
    """Counts of the lines of each element, amounts where they can be had, and maps.

    Parameters
    ----------
    measurement
        ``energy_kiloelectronvolt`` and ``count``, shape (channels,), or a map of counts; beam energy and take-off
        angle from its head or the settings.
    settings
        Elements, standards, sample and maps.

    Returns
    -------
    EdxResult
        Counts, mass and atomic fractions (%) with their uncertainties, detector and maps.

    Raises
    ------
    InputError
        If an element is unknown or has no line (lithium), or the beam energy is missing.
    Refused
        If no elements are given, no line of them is in the spectrum, or a standard was recorded in another way.

    Sources: N. W. M. Ritchie, Microsc. Microanal. 15 (2009) 454 (fit); J. L. Pouchou, F. Pichoir, in: Electron Probe
    Quantitation, Plenum 1991, p. 31 (amounts).
    """
    recording = _recording(measurement)
    setup = _setup(measurement, settings)
    elements = _elements(measurement, settings)
    fitted = fitted_spectrum(recording, elements, setup, {})
    if not fitted.ranges:
        raise Refused("none of the elements has a line in the spectrum", measurement.where, "check elements and beam")
    counted = [f for f in fitted.families if f.quantifies and f.element in elements]
    counted = [f for f in counted if f.element not in settings.not_counted]
    if setup.is_bulk:
        edged = fitted_spectrum(recording, elements, setup, rough_weights(fitted, counted, setup))
        fitted = edged if settings.sample or edged.misfit < fitted.misfit else fitted
    amounts = _amounts(measurement, recording, fitted, counted, setup, settings)
    maps = mapped(measurement, fitted, counted, settings)
    reported = reported_amounts(measurement, settings.reported)
    quantities = {**_quantities(fitted, counted, amounts), **(map_quantities(maps, settings) if maps else {})}
    notes = (*_notes(fitted, counted, measurement, settings), *amounts.notes, *(map_notes(maps) if maps else ()))
    shown, model, continuum = _curves(recording, fitted)
    return EdxResult(
        technique="edx",
        quantities={**quantities, **reported_quantities(reported)},
        rows=tuple(_rows(fitted, counted, amounts)),
        notes=(*notes, *reported_notes(reported, amounts.weights)),
        maps=maps,
        lines={f.name: f.energy for f in fitted.families if f.element in elements and f.quantifies},
        energy=recording.energy[shown],
        count=recording.count[shown],
        model=model,
        continuum=continuum,
    )


def _recording(measurement: Measurement) -> Recording:
    """The channels and the dose, as far as the file states it."""
    live, current = (measurement.meta.get(name) for name in ("live_time_second", "probe_current_nanoampere"))
    dose = float(live) * float(current) if live and current else 0.0
    return Recording(energy=measurement["energy_kiloelectronvolt"], count=measurement["count"], dose=dose)


def _setup(measurement: Measurement, settings: Settings) -> Setup:
    beam = settings.beam_kilovolt or measurement.meta.get("beam_kilovolt")
    if not beam:
        raise InputError("the file states no beam energy", measurement.where, "set beam_kilovolt")
    take_off = settings.take_off_degree or measurement.meta.get("take_off_angle_degree") or _TAKE_OFF
    if not 0 < float(take_off) <= _RIGHT_ANGLE:
        raise InputError(f"a take-off angle of {float(take_off):g} degrees", measurement.where, "between 0 and 90")
    return Setup(beam=float(beam), take_off=float(take_off), is_bulk=_can_be_bulk(settings.sample, float(beam)))


def _can_be_bulk(sample: str, beam: float) -> bool:
    """Whether a sample is bulk, or may be: beams of transmission microscopes need films."""
    return sample == "bulk" or (not sample and beam < _TRANSMISSION)


def _elements(measurement: Measurement, settings: Settings) -> tuple[str, ...]:
    """Elements of the settings, or those that the file states by symbol, atomic number or composition."""
    if settings.elements:
        return tuple(dict.fromkeys((*settings.elements, *settings.not_counted)))
    stated = str(measurement.meta.get("elements_stated") or "")
    numbers = str(measurement.meta.get("atomic_numbers_stated") or "")
    symbols = re.findall(r"[A-Z][a-z]?", stated)
    symbols += [symbol for n in re.findall(r"\d+", numbers) if (symbol := element_of_number(int(n)))]
    symbols += re.findall(r"\(([A-Z][a-z]?):", str(measurement.meta.get("composition_stated") or ""))
    if not symbols:
        hint = 'set elements, e.g. elements = ["Si", "O", "C"]'
        raise Refused("neither the file nor the settings say which elements to look for", measurement.where, hint)
    return tuple(dict.fromkeys((*symbols, *settings.not_counted)))


def _amounts(
    measurement: Measurement,
    recording: Recording,
    fitted: Fitted,
    counted: Sequence[LineFamily],
    setup: Setup,
    settings: Settings,
) -> Amounts:
    """Amounts by the way that the settings allow; none, with the reason, otherwise."""
    if settings.sample and (negative := below_nothing(fitted, counted)):
        text = f"The counts of {', '.join(negative)} are below 0: no composition. Add the elements that are missing."
        return Amounts(weights={}, notes=(Note("refused", "negative_counts", text),))
    if settings.sample == "thin":
        return film(fitted, counted, settings, setup.beam)
    standards = standards_of_setting(settings.standards)
    if settings.sample != "bulk" or not standards:
        return Amounts(weights={}, notes=(refused_bulk(settings),))
    if not recording.dose:
        text = "The file states no live time or probe current: no comparison with standards, no at%."
        return Amounts(weights={}, notes=(Note("refused", "no_dose", text),))
    usable = fitting(standards, recording.energy, setup.beam, measurement.where)
    return bulk(recording, fitted, counted, usable, setup, settings)


def _quantities(fitted: Fitted, counted: Sequence[LineFamily], amounts: Amounts) -> dict[str, Quantity]:
    made: dict[str, Quantity] = {}
    for family in counted:
        value, std = fitted.counts(family.name)
        made[f"{family.element}.counts"] = Quantity(value, "", std, "counting noise")
    for ratio in amounts.ratios:
        made[f"{ratio.element}.k_ratio"] = Quantity(ratio.value, "", ratio.std, "fit covariance")
    for symbol, share in amounts.weights.items():
        made[f"{symbol}.weight_percent"] = Quantity(100.0 * share.value, "wt%", 100.0 * share.std, "propagated")
    for symbol, share in atomic_percent(amounts.weights).items():
        made[f"{symbol}.atomic_percent"] = Quantity(share.value, "at%", share.std, "propagated")
    if amounts.weights:
        total = sum(share.value for share in amounts.weights.values())
        std = float(np.sqrt(sum(share.std**2 for share in amounts.weights.values())))
        if amounts.ratios:
            made["total_weight_percent"] = Quantity(100.0 * total, "wt%", 100.0 * std, "propagated")
    made["resolution"] = Quantity(1e3 * fitted.detector.resolution, "eV", decimals=1)
    return made


def _rows(fitted: Fitted, counted: Sequence[LineFamily], amounts: Amounts) -> Iterator[Row]:
    """One row per element that is counted."""
    ratios = {ratio.element: ratio for ratio in amounts.ratios}
    atoms = atomic_percent(amounts.weights)
    for family in counted:
        value, std = fitted.counts(family.name)
        ratio = ratios.get(family.element)
        weight, atom = amounts.weights.get(family.element), atoms.get(family.element)
        yield {
            "element": family.element,
            "line": family.name,
            "energy": family.energy,
            "counts": value,
            "counts_std": std,
            "k_ratio": ratio.value if ratio else None,
            "weight_percent": 100.0 * weight.value if weight else None,
            "weight_percent_std": 100.0 * weight.std if weight else None,
            "atomic_percent": atom.value if atom else None,
            "atomic_percent_std": atom.std if atom else None,
        }


def _notes(
    fitted: Fitted, counted: Sequence[LineFamily], measurement: Measurement, settings: Settings
) -> Iterator[Note]:
    energy, count = measurement["energy_kiloelectronvolt"], measurement["count"]
    negative = below_nothing(fitted, counted)
    absent = [f.element for f in counted if fitted.counts(f.name)[0] < _DETECTED * fitted.counts(f.name)[1]]
    absent = [symbol for symbol in absent if symbol not in negative]
    if negative:
        text = f"The counts of {', '.join(negative)} are below 0 by more than three uncertainties: a line near them is"
        yield Note(
            "doubt", "negative_counts", f"{text} missing from elements (C, N, Cu of a grid ...), or the scale is off."
        )
    if absent:
        text = f"The lines of {', '.join(absent)} are below {_DETECTED:g} standard uncertainties: not seen."
        yield Note("info", "not_seen", text)
    pairs = overlaps(fitted.families, counted, fitted.detector)
    if pairs:
        named = ", ".join(f"{one} / {other}" for one, other in pairs[:_NAMED]) + (" ..." if len(pairs) > _NAMED else "")
        text = f"Lines overlap: {named}. They were fitted together, by the ratios of each family's lines."
        yield Note("info", "lines_overlap", text)
    for part in fitted.ranges:
        missed, place = _missed(energy[part.channels], count[part.channels], part.fit.model)
        if missed > _MISFIT:
            text = f"The model misses {100 * missed:.0f} % of the counts, most near {place:.2f} keV: an element may be"
            yield Note("doubt", "misfit", f"{text} missing from elements.")
    yield Note("info", "no_lithium", "H, He and Li have no line that is detected: amounts are of the other elements.")
    if settings.sample != "thin" and not (settings.take_off_degree or measurement.meta.get("take_off_angle_degree")):
        text = f"The file states no take-off angle: {_TAKE_OFF:g} degrees were taken. Set take_off_degree."
        yield Note("doubt", "take_off_assumed", text)


def _missed(energy: Array, count: Array, model: Array) -> tuple[float, float]:
    """The part of the counts that a model misses beyond noise, and where (keV) it misses most."""
    residual = np.convolve(count - model, np.ones(5) / 5.0, mode="same")
    noise = np.sqrt(np.maximum(model, 1.0) / 5.0)
    beyond = np.maximum(np.abs(residual) - 2.0 * noise, 0.0)
    return float(beyond.sum() / max(float(count.sum()), 1.0)), float(energy[int(np.argmax(beyond))])


def _curves(recording: Recording, fitted: Fitted) -> tuple[slice, Array, Array]:
    """The channels above the strobe peak and up to the hardest range, with model and continuum."""
    last = max(part.channels.stop for part in fitted.ranges)
    shown = slice(int(np.searchsorted(recording.energy, SOFTEST)), last)
    model, continuum = (np.full(len(recording.energy), np.nan) for _ in range(2))
    for part in fitted.ranges:
        model[part.channels] = part.fit.model
        continuum[part.channels] = part.fit.continuum
    return shown, model[shown], continuum[shown]
