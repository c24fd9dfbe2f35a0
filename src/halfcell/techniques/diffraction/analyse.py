"""The chain of the analysis: identify, fit the whole pattern, measure single lines, show absence, gather doubts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note, Row
from halfcell.maths.powder.instrument import Instrument
from halfcell.techniques.diffraction.absence import absence
from halfcell.techniques.diffraction.phase_identification import Identified, identify_beyond
from halfcell.techniques.diffraction.phase_set_fits import MARGIN
from halfcell.techniques.diffraction.possible_elements import with_elements
from halfcell.techniques.diffraction.quantities import fit_quantities
from halfcell.techniques.diffraction.result import DiffractionResult
from halfcell.techniques.diffraction.scan import Scan, lines_of, positions, scan
from halfcell.techniques.diffraction.single_lines import LineSize, line_quantities, single_lines
from halfcell.techniques.diffraction.size_agreement import GOOD, contradiction
from halfcell.techniques.diffraction.turbostratic_carbon import carbon_quantities
from halfcell.techniques.diffraction.unidentified_lines import UNIDENTIFIED, told, unidentified
from halfcell.techniques.diffraction.whole_pattern_fit import Whole, whole_pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.quantity import Quantity
    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]


def analyse(measurement: Measurement, settings: Settings) -> DiffractionResult:
    """Find phases, sizes and cells in a diffractogram.

    Raises
    ------
    InputError
        If a phase is unknown, or the instrument is a name of a file that was not calibrated.
    Refused
        If the range holds too few points, or no line of a phase.
    """
    if isinstance(settings.instrument, str):
        raise InputError(f"instrument {settings.instrument!r} was not calibrated", hint="give the standard as a file")
    data, notes = scan(measurement, settings)
    everything, (settings, told_elements) = settings, with_elements(settings)
    notes += told_elements
    identified = None
    if not (settings.phases or settings.carbon):
        identified, foreign = identify_beyond(data, settings, everything)
        notes += foreign
    if identified and not identified.named:
        result = unidentified(measurement, data, identified.known)
        return dataclasses.replace(result, notes=(*notes, *result.notes, *_narrow(settings)))
    if identified:
        notes += _said(identified)
    names = identified.best if identified else settings.phases
    lines = {name: single_lines(name, data, settings) for name in names}
    whole = whole_pattern(data, settings, names, _starts(lines) | (identified.sizes if identified else {}))
    result = assembled(measurement, data, settings, whole, lines)
    if identified is None:
        return dataclasses.replace(result, notes=(*notes, *result.notes))
    notes += _narrow(settings) + _trust(identified)
    result = _with_left(result, identified)
    sets = tuple((one.text, one.behind) for one in identified.sets)
    return dataclasses.replace(result, notes=(*notes, *result.notes), sets=sets, doubtful=identified.doubtful)


def assembled(
    measurement: Measurement, data: Scan, settings: Settings, whole: Whole, lines: dict[str, tuple[LineSize, ...]]
) -> DiffractionResult:
    """The result of a fitted pattern: quantities with their doubts, rows, curves."""
    quantities, notes = _numbers(whole, data, settings, lines)
    background, parts = whole.fit.parts()
    return DiffractionResult(
        technique="diffraction",
        quantities=quantities,
        rows=_rows(lines, settings, frozenset(n for n in whole.names if whole.hopeless(n, data.counts))),
        notes=(*notes, *_method(settings)),
        simulated=measurement.is_simulated,
        two_theta=data.two_theta,
        counts=data.counts,
        variance=whole.fit.variance,
        phases=whole.names,
        model=whole.fit.solution.model,
        background=background,
        parts=_named(whole.names, parts, settings),
        ticks={name: ticks(name, data) for name in whole.names},
        widths=_widths(lines),
    )


def _named(names: tuple[str, ...], parts: tuple[Array, ...], settings: Settings) -> dict[str, Array]:
    """Pattern of each phase; stacks and layers of carbon come last."""
    return dict(zip((*names, "carbon (00l)", "carbon (hk)") if settings.carbon else names, parts, strict=True))


def _numbers(
    whole: Whole, data: Scan, settings: Settings, lines: dict[str, tuple[LineSize, ...]]
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """All quantities with their doubts: whole pattern, single lines, absence."""
    quantities, notes = fit_quantities(whole, data, settings)
    for name in whole.names:
        if whole.hopeless(name, data.counts):
            continue
        more, why = line_quantities(name, lines[name], settings)
        quantities |= more
        overlaps = _overlaps(name, lines, data, reaches=whole.fit.reduced_chi2 < GOOD)
        notes += why + overlaps + contradiction(whole, name, quantities, settings, overlaps=bool(overlaps))
    limits, said = absence(whole, data, settings)
    if settings.carbon:
        more, why = carbon_quantities(whole.fit, whole.degrees)
        limits, said = limits | more, said + why
    return quantities | limits, notes + said


def _said(identified: Identified) -> tuple[Note, ...]:
    """The phases found, and which other sets explain the pattern as well."""
    best = " + ".join(identified.best) or "no crystalline phase of the candidates"
    others = [one for one in identified.ties if one.names != identified.best]
    if not others:
        margin = (
            f"the next set is {identified.margin:.0f} behind in BIC" if len(identified.sets) > 1 else "no other set"
        )
        return (Note("info", "phases", f"phases: {best} (of {identified.known} searched; {margin})"),)
    text = "; ".join(f"{one.text} ({one.behind:.0f} behind)" for one in others)
    return (
        Note("info", "phases", f"phases: {best} (of {identified.known} searched)"),
        Note("doubt", "phases_tied", f"not distinguishable here from {text}: BIC differs by less than {MARGIN:g}"),
    )


def _narrow(settings: Settings) -> tuple[Note, ...]:
    """A doubt where the candidates were not narrowed down."""
    if settings.elements or settings.candidates:
        return ()
    text = "no elements were named, no composition: the candidates are all phases of the library, and only those"
    return (Note("doubt", "elements_unknown", text),)


def _trust(identified: Identified) -> tuple[Note, ...]:
    """A doubt where lines are left that none of the phases explains."""
    if not identified.left:
        return ()
    text = f"{told(identified.left)}: a phase is there that is none of the {identified.known} searched"
    return (Note("doubt", "phases_incomplete", text),)


def _with_left(result: DiffractionResult, identified: Identified) -> DiffractionResult:
    """The result with ticks at lines that are left."""
    if not identified.left:
        return result
    place = np.array([line.position for line in identified.left])
    height = np.array([line.height for line in identified.left])
    notes = tuple(note for note in result.notes if note.code != "unexplained_lines")  # the same, told already
    marked = {**result.ticks, UNIDENTIFIED: (place, height / height.max())}
    return dataclasses.replace(result, ticks=marked, notes=notes)


def _starts(lines: dict[str, tuple[LineSize, ...]]) -> dict[str, float]:
    """Sizes to start the fit from: the middle one of the single lines."""
    found = {}
    for name, each in lines.items():
        sizes = [0.8 / line.fwhm_s[0] for line in each if line.fwhm_s is not None]
        if sizes:
            found[name] = float(np.clip(np.median(sizes), 2.0, 150.0))
    return found


def _overlaps(name: str, lines: dict[str, tuple[LineSize, ...]], data: Scan, *, reaches: bool) -> tuple[Note, ...]:
    """A doubt where a line of another phase stands within 1.5 widths of the phase's measured lines.

    `reaches` is whether the whole-pattern fit reaches the noise, so that its size holds.
    """
    for other in lines:
        if other == name:
            continue
        place, height = ticks(other, data)
        place = place[height > 0.05]
        for line in lines[name]:
            gap = np.abs(place - line.peak.position).min(initial=90.0)
            if gap < 1.5 * line.peak.width:
                what = f"{name} {line.hkl} overlaps with a line of {other} {gap:.2f} degrees away"
                why = "sizes from single lines are wrong there" + ("; the whole-pattern size holds" if reaches else "")
                return (Note("doubt", "overlap", f"{what}: {why}"),)
    return ()


def _rows(lines: dict[str, tuple[LineSize, ...]], settings: Settings, hopeless: frozenset[str]) -> tuple[Row, ...]:
    """A row a line; without sizes where a phase's fit is too far off to tell whose lines they are."""
    no_size: Row = {"scherrer_size": None, "scherrer_size_std": None}
    return tuple(
        {**line.row(name, settings.shape_factor), **(no_size if name in hopeless else {})}
        for name, each in lines.items()
        for line in each
    )


def _widths(lines: dict[str, tuple[LineSize, ...]]) -> dict[str, tuple[Array, Array, Array]]:
    """Points of the Williamson-Hall plot."""
    found = {}
    for name, each in lines.items():
        points = [(line.s, *line.breadth_s) for line in each if line.breadth_s is not None]
        if points:
            s, breadth, std = np.array(points).T
            found[name] = (s, breadth, std)
    return found


def _method(settings: Settings) -> tuple[Note, ...]:
    """How the Scherrer sizes were made, and whether the instrument is in them."""
    lines = ", ".join(settings.scherrer_lines) or "all lines"
    said = f"Scherrer size: K = {settings.shape_factor:g}, full width at half maximum, lines {lines}"
    if isinstance(settings.instrument, Instrument):
        how = f"instrument taken out by Voigt deconvolution (standard: {settings.instrument.source})"
        return (Note("info", "scherrer", f"{said}; {how}"),)
    text = "no instrument standard was given: sizes hold the instrument's broadening and are lower bounds"
    return (Note("info", "scherrer", said), Note("doubt", "uncorrected", text))


def ticks(name: str, data: Scan) -> tuple[Array, Array]:
    """Angles and relative heights of a phase's lines within the scan."""
    listed = lines_of(name, data)[1]
    place = positions(listed, data)
    half = np.radians(place) / 2
    height = listed.intensity * (1 + np.cos(2 * half) ** 2) / (np.sin(half) ** 2 * np.cos(half))
    inside = (place > data.two_theta[0]) & (place < data.two_theta[-1])
    return place[inside], height[inside] / height.max()
