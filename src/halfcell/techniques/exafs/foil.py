"""S0^2 from the scan of a foil: the amplitude of its first shell over its known number of neighbours."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError, Refused
from halfcell.techniques.exafs.analyse import analyse
from halfcell.techniques.exafs.path_doubt import fit_part
from halfcell.techniques.exafs.reduction_factor import ReductionFactor

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.settings import Settings


def reduction_factor(measurement: Measurement, settings: Settings) -> ReductionFactor:
    """S0^2 = N S0^2 / N of the foil, with the same path, ranges and weights as the sample.

    Raises
    ------
    InputError
        If no scattering path is set.
    Refused
        If the path does not describe the foil.
    """
    if settings.path is None:
        raise InputError("a foil needs the scattering path of its first shell", measurement.where, "set path as well")
    own = dataclasses.replace(settings, foil=None, s02=None)
    result = analyse(measurement, own)
    if any(note.code == "shell_misfit" for note in result.notes):
        hint = "use a path of the foil's own structure"
        raise Refused("the path does not describe the first shell of the foil", measurement.where, hint)
    neighbours = settings.foil_neighbours or settings.path.degeneracy
    amplitude = result.quantities["amplitude"]
    return ReductionFactor(
        value=amplitude.value / neighbours,
        std=(amplitude.std or 0.0) / neighbours,
        fit_std=fit_part(result) / neighbours,
    )
