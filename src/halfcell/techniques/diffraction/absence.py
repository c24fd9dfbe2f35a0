"""Limits of absence: the largest share of a crystalline phase that would not be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.phases import phase
from halfcell.maths.powder.fourier_terms import terms
from halfcell.maths.powder.phase_lines import one_column
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.reciprocal_grid import sampling, to_grid
from halfcell.maths.powder.size_models import lognormal_spheres
from halfcell.techniques.diffraction.scan import Scan, lines_of
from halfcell.techniques.diffraction.weight_shares import weights_of

if TYPE_CHECKING:
    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.techniques.diffraction.settings import Settings
    from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

_ONE_SIDED = 1.645  # standard uncertainties: 95 % of a normal distribution lie below
_SEEN = 5.0  # standard uncertainties of an amplitude, chosen: a phase that is there is no case for a limit
_GLASS_NM = 1.3  # L_V of crystals whose lines are as wide as the halos of amorphous silicon and tin
_CRYSTAL_OF: Final = {"Si": "Si", "Sn": "beta-Sn"}
_SINGULAR: Final = 1e-9  # of the largest singular value: below it a direction is rounding


def absence_limits(
    whole: WholePatternFit, data: Scan, settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Upper limit (95 %) of the weight share of each phase in `settings.absent`.

    The pattern of the phase at its reference cell and the given size is compared with the residual of the fit, after
    removing everything that the parameters of the fit can reproduce. The limit is the amplitude found (at least zero)
    plus 1.645 sigma. There is none if the counting noise, on which sigma rests, is unknown.
    """
    found: dict[str, Quantity] = {}
    notes: tuple[Note, ...] = ()
    for name in settings.absent:
        if why := _no_limit(name, whole, data):
            notes += (Note("refused", "no_absence_limit", f"{name}: no limit of absence, {why}"),)
            continue
        amplitude, std = hidden_amplitude(whole.fit, data, name, settings.absent_size_nm)
        if amplitude > _SEEN * std:
            text = f"{name} seems to be present ({amplitude / std:.0f} sigma): add it to the phases"
            notes += (Note("doubt", "not_absent", text),)
            continue
        found[f"{name}.absence_limit"] = Quantity(_most(whole, data, settings, name, amplitude, std), "wt%")
        size = f"crystallites of {settings.absent_size_nm:g} nm (L_V)"
        notes += (Note("info", "absence_limit", f"{name}: limit of absence at 95 % for {size}"),)
    return found, notes


def amorphous_limits(
    whole: WholePatternFit, data: Scan, settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Upper limit (95 %) of the amorphous share of each element in `settings.amorphous`, in wt% of it and the crystals.

    A glass scatters as crystals of L_V = 1.3 nm do (the first halo of amorphous silicon is 6 degrees wide at 28 degrees
    for Cu K-alpha, K = 0.9), and as much in all per atom. What a background of the fitted degree takes up is not seen.
    There is no limit where an amorphous halo is in the fit, which may be that glass.
    """
    found: dict[str, Quantity] = {}
    notes: tuple[Note, ...] = ()
    for element in settings.amorphous:
        if why := _no_glass(whole, data):
            notes += (Note("refused", "no_amorphous_limit", f"amorphous {element}: no limit, {why}"),)
            continue
        name = _CRYSTAL_OF[element]
        amplitude, std = hidden_amplitude(whole.fit, data, name, _GLASS_NM)
        if amplitude > _SEEN * std:
            text = f"amorphous {element} seems to be present ({amplitude / std:.0f} sigma): a halo is not in the fit"
            notes += (Note("doubt", "amorphous_seen", text),)
            continue
        found[f"{element}.amorphous_limit"] = Quantity(_most(whole, data, settings, name, amplitude, std), "wt%")
        text = f"amorphous {element}: limit at 95 %, as crystals of {_GLASS_NM:g} nm scatter"
        notes += (Note("info", "amorphous_limit", text),)
    return found, notes


def _no_glass(whole: WholePatternFit, data: Scan) -> str:
    """Why there is no limit of amorphous matter; empty if there is one."""
    humps = whole.fit.pattern.model.humps
    if humps:
        places = ", ".join(f"{hump.centre:.0f}" for hump in humps)
        return f"because halos are fitted at {places} degrees, which may be it"
    return "" if data.noise_is_known else "because a background was subtracted, so that the counting noise is unknown"


def _most(whole: WholePatternFit, data: Scan, settings: Settings, name: str, amplitude: float, std: float) -> float:
    """Largest share (wt%) of a phase with this amplitude and standard uncertainty, of it and the sample's phases."""
    own = [i for i, fitted in enumerate(whole.names) if fitted not in settings.holder]
    weight = weights_of((*(whole.names[i] for i in own), name), data)
    amounts = weight[:-1] * np.array([whole.fit.scale(i)[0] for i in own])
    most = weight[-1] * (max(amplitude, 0.0) + _ONE_SIDED * std)
    return float(100 * most / (most + amounts.sum()))


def _no_limit(name: str, whole: WholePatternFit, data: Scan) -> str:
    """Why there is no limit of absence of a phase; empty if there is one."""
    if name in whole.names:
        return "because it is in the fit"
    if phase(name).positions_only:
        return "because its intensities are unknown"
    return "" if data.noise_is_known else "because a background was subtracted, so that the counting noise is unknown"


def hidden_amplitude(fit: PatternFit, data: Scan, name: str, size: float) -> tuple[float, float]:
    """Amplitude of a phase with a given size (L_V in nm) in the residual of the fit, and its standard uncertainty.

    Parameters
    ----------
    fit, data
        The fit and its scan.
    name
        The phase that is looked for, at its reference cell.
    size
        L_V of its crystals, nm.

    Returns
    -------
    tuple of float
        The amplitude (that of the strongest line of its structure, counts) and its standard uncertainty.

    Source: the score test, C. R. Rao, Proc. Camb. Phil. Soc. 44 (1948) 50.
    """
    pattern, model = fit.pattern, fit.pattern.model
    lines = one_column(lines_of(name, data)[0])
    value = {f"{name}.cell{i}": 0.0 for i in range(lines.free)}
    part = PhaseModel(lines=lines, size=None)
    spectrum = terms(part, value, model.instrument, pattern.grid, model.radiation.first).columns()
    length = pattern.grid.length[: spectrum.shape[1]]
    spectrum = spectrum * lognormal_spheres(length, size, 0.3)[0]
    shifted = pattern.true_angles(dict(zip(pattern.names, fit.solution.p, strict=True)))
    weights, _ = sampling(data.two_theta, shifted, model.radiation, pattern.grid)
    weight = np.where(np.isfinite(fit.variance), 1 / np.sqrt(fit.variance), 0.0)
    row = (weights @ to_grid(spectrum, pattern.grid))[:, 0] * weight
    phi, slope = pattern.evaluate(fit.solution.p)
    design = np.concatenate([phi, slope(fit.solution.c)], axis=1) * weight[:, None]
    norm = np.sqrt((design**2).sum(axis=0))
    left, singular, _ = np.linalg.svd(design[:, norm > 0] / norm[norm > 0], full_matrices=False)
    left = left[:, singular > _SINGULAR * singular.max()]
    row = row - left @ (left.T @ row)
    power = float(row @ row)
    residual = (data.counts - fit.solution.model) * weight
    return float(row @ residual) / power, float(np.sqrt(max(fit.reduced_chi2, 1.0) / power))
