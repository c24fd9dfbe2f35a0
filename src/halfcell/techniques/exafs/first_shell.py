"""The first shell fitted with a scattering path from Feff."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.exafs import fall_of_absorption
from halfcell.maths.first_shell import ScatteringPath, ShellFit, fit_shell
from halfcell.techniques.exafs import path_doubt

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.result import ExafsResult
    from halfcell.techniques.exafs.settings import Settings

_BAD_FIT = 0.05  # R-factor above which a fit is not reliable


def scattering_path(measurement: Measurement, settings: Settings) -> ScatteringPath:  # noqa: ARG001 (a reference)
    """The scattering path in a file from Feff.

    Raises
    ------
    InputError
        If the file is not a scattering path.
    """
    if measurement.technique != "feff_path":
        raise InputError("this is not a scattering path", measurement.where, "give a file feffNNNN.dat from Feff")
    columns = ("k_per_angstrom", "amplitude", "phase_radian", "free_path_angstrom", "momentum_per_angstrom")
    k, amplitude, phase, free_path, momentum = (tuple(float(v) for v in measurement[name]) for name in columns)
    return ScatteringPath(
        k=k,
        amplitude=amplitude,
        phase=phase,
        free_path=free_path,
        momentum=momentum,
        half_length=float(measurement.meta["half_path_angstrom"]),
        degeneracy=float(measurement.meta["degeneracy"]),
    )


def with_first_shell(result: ExafsResult, settings: Settings, where: str) -> ExafsResult:
    """A result with the fit of its first shell, if a path is set.

    Raises
    ------
    InputError
        If the ranges hold too few independent points.
    """
    if settings.path is None:
        return result
    first = settings.k_weight if settings.k_weight in settings.fit_k_weights else settings.fit_k_weights[0]
    weights = (first, *(weight for weight in settings.fit_k_weights if weight != first))
    ranges = result.k_range, settings.k_sill, settings.r_range
    try:
        fit = fit_shell(result.chi, _falling(settings.path, result.quantities["e0"].value), weights, *ranges)
    except ValueError as error:
        raise InputError(str(error), where) from error
    fitted = dataclasses.replace(result, quantities={**result.quantities, **_quantities(fit, result)})
    return dataclasses.replace(
        fitted,
        quantities={**fitted.quantities, **_neighbours(fitted, settings)},
        notes=(*result.notes, *_notes(fit, settings)),
        fitted=np.asarray(fit.magnitude, dtype=float),
    )


def _falling(path: ScatteringPath, e0: float) -> ScatteringPath:
    """The path as a scan shows it that is normalised to its step at E0: its amplitude falls with the absorption."""
    fall = fall_of_absorption(np.array(path.k), e0)
    return dataclasses.replace(path, amplitude=tuple(float(v) for v in np.array(path.amplitude) * fall))


def _quantities(fit: ShellFit, result: ExafsResult) -> dict[str, Quantity]:
    """What the fit gives, with the doubt about the path; E0's shift, which hangs on the path, has no uncertainty.

    The amplitude is that for the atom's jump, of which the edge step lacks a part. The spread of the first peak over E0
    and background is not in it: E0 is fitted, the background lies below it in R.
    """
    (amplitude, shift, bond, spread), (by_fit, _, bond_std, spread_std) = fit.values, fit.stds
    deficit = result.quantities["edge_step_deficit"]
    value = amplitude * (1.0 - deficit.value / 100)
    shared = abs(value) * np.hypot(path_doubt.AMPLITUDE, (deficit.std or 0.0) / 100)
    stds = np.hypot((by_fit * abs(value / amplitude), bond_std, spread_std), _shared(float(shared)))
    return {
        "amplitude": Quantity(value, "", float(stds[0]), "propagated"),
        "e0_shift": Quantity(shift, "eV", decimals=1),
        "bond_length": Quantity(bond, "angstrom", float(stds[1]), "propagated"),
        "mean_square_spread": Quantity(spread, "angstrom2", float(stds[2]), "propagated"),
        "r_factor": Quantity(fit.r_factor, decimals=4),
    }


def _shared(amplitude: float) -> tuple[float, float, float]:
    """Uncertainties of amplitude, bond length and spread that all scans with the same path share."""
    return amplitude, path_doubt.DISTANCE, path_doubt.SPREAD


def _neighbours(result: ExafsResult, settings: Settings) -> dict[str, Quantity]:
    """S0^2 as set or from the foil, and the number of neighbours N = N S0^2 / S0^2.

    Against a foil the path drops out, and of the edge step's uncertainty, which both have, one part is left.
    """
    amplitude = result.quantities["amplitude"]
    if settings.foil is None:
        if not settings.s02:
            return {}
        relative = (amplitude.std or 0.0) / amplitude.value
        return {"neighbours": _with_relative(amplitude.value / settings.s02, relative)}
    foil, deficit = settings.foil, (result.quantities["edge_step_deficit"].std or 0.0) / 100
    parts = path_doubt.fit_part(result) / amplitude.value, foil.fit_std / foil.value, deficit
    return {
        "neighbours": _with_relative(amplitude.value / foil.value, float(np.linalg.norm(parts))),
        "s02": Quantity(foil.value, "", foil.std, "propagated"),
    }


def _with_relative(value: float, relative: float) -> Quantity:
    return Quantity(value, "", abs(value * relative), "propagated")


def _notes(fit: ShellFit, settings: Settings) -> tuple[Note, ...]:
    weights = ", ".join(str(weight) for weight in settings.fit_k_weights)
    text = f"{fit.independent:.1f} independent points for four parameters, k weights {weights}; amplitude is N S0^2"
    own = f"{100 * path_doubt.AMPLITUDE:g} % of the amplitude and {path_doubt.DISTANCE:g} angstrom of the bond length"
    notes = [Note("info", "shell_fit", f"{text}; uncertainties hold {own} for the path")]
    if not fit.converged or fit.r_factor > _BAD_FIT:
        text = f"the path does not describe the data (R-factor {fit.r_factor:.3f}): its parameters are not reliable"
        notes.append(Note("doubt", "shell_misfit", text))
    if fit.values[3] < 0:
        notes.append(Note("doubt", "negative_spread", "the mean-square spread is negative, which is unphysical"))
    return tuple(notes)
