"""Analyse one diffractogram: identify phases, fit the whole pattern, measure single lines, limit absent phases."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.techniques.diffraction.identification_notes import broad_search, found_phases, incomplete
from halfcell.techniques.diffraction.own_phases import with_own_phases
from halfcell.techniques.diffraction.pattern_result import pattern_result
from halfcell.techniques.diffraction.phase_identification import Identification, identify_beyond
from halfcell.techniques.diffraction.possible_elements import with_elements
from halfcell.techniques.diffraction.scan import scan
from halfcell.techniques.diffraction.single_lines import LineSize, single_lines
from halfcell.techniques.diffraction.unidentified_lines import UNIDENTIFIED, unidentified
from halfcell.techniques.diffraction.whole_pattern_fit import fit_whole_pattern

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Note
    from halfcell.techniques.diffraction.result import DiffractionResult
    from halfcell.techniques.diffraction.settings import Settings


@with_own_phases
def analyse(measurement: Measurement, settings: Settings) -> DiffractionResult:
    """Find phases, sizes and cells in a diffractogram by a fit of the whole pattern, and measure single lines.

    Parameters
    ----------
    measurement
        Columns ``two_theta_degree`` and ``intensity_count``, shape (n,), and the noise of the counts where the file
        has it; the radiation from its head or the settings.
    settings
        Phases, range, instrument and background.

    Returns
    -------
    DiffractionResult
        Cells (angstrom), column lengths and diameters (nm), strains, weight shares, and limits of absent phases, each
        with its uncertainty.

    Raises
    ------
    InputError
        If a phase is unknown, or the instrument is the name of a file that was not calibrated.
    Refused
        If the range has too few points, a phase has no line in it, or the angles are not 2theta.

    Source: P. Scardi, M. Leoni, Acta Cryst. A58 (2002) 190, for the model.
    """
    if isinstance(settings.instrument, str):
        raise InputError(f"instrument {settings.instrument!r} was not calibrated", hint="give the standard as a file")
    data, notes = scan(measurement, settings)
    narrowed, on_elements = with_elements(settings)
    notes += on_elements
    identification = None
    if not (narrowed.phases or narrowed.carbon):
        identification, foreign = identify_beyond(data, narrowed, settings)
        notes += foreign
    if identification and not identification.is_conclusive:
        result = unidentified(data, identification.searched)
        notes = (*notes, *result.notes, *broad_search(narrowed))
        return dataclasses.replace(result, notes=notes, simulated=measurement.is_simulated)
    found = identification.best if identification else narrowed.phases
    names = tuple(dict.fromkeys((*found, *(settings.holder if found or narrowed.carbon else ()))))
    lines = {name: single_lines(name, data, narrowed) for name in names}
    starts = _starts(lines) | (identification.sizes if identification else {})
    whole = fit_whole_pattern(data, narrowed, names, starts)
    result = pattern_result(data, narrowed, whole, lines)
    result = dataclasses.replace(result, simulated=measurement.is_simulated)
    if identification is None:
        return dataclasses.replace(result, notes=(*notes, *result.notes))
    return _with_identification(result, notes, identification, narrowed)


def _with_identification(
    result: DiffractionResult, notes: tuple[Note, ...], identification: Identification, settings: Settings
) -> DiffractionResult:
    """The result with what was compared, notes on the identification, and ticks at lines that are left."""
    notes += found_phases(identification) + broad_search(settings) + incomplete(identification)
    ticks, own_notes = dict(result.ticks), result.notes
    if identification.unexplained:
        place = np.array([line.position for line in identification.unexplained])
        height = np.array([line.height for line in identification.unexplained])
        ticks[UNIDENTIFIED] = (place, height / height.max())
        own_notes = tuple(note for note in own_notes if note.code != "unexplained_lines")  # `incomplete` says the same
    return dataclasses.replace(
        result,
        notes=(*notes, *own_notes),
        ticks=ticks,
        sets=tuple((one.text, one.behind) for one in identification.sets),
        doubtful=identification.doubtful,
    )


def _starts(lines: dict[str, tuple[LineSize, ...]]) -> dict[str, float]:
    """Sizes (nm) from which the fit starts: the median over the single lines of each phase."""
    found = {}
    for name, each in lines.items():
        sizes = [0.8 / line.fwhm_s[0] for line in each if line.fwhm_s is not None]
        if sizes:
            found[name] = float(np.clip(np.median(sizes), 2.0, 150.0))
    return found
