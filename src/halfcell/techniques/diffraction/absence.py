"""Absence as a result: the largest share of a crystalline phase that would go unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.phases import phase
from halfcell.maths.powder.fourier_terms import terms
from halfcell.maths.powder.grid import sampling, to_grid
from halfcell.maths.powder.phase_lines import one_column
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.size_models import lognormal_spheres
from halfcell.techniques.diffraction.quantities import weights_of
from halfcell.techniques.diffraction.scan import Scan, lines_of

if TYPE_CHECKING:
    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.techniques.diffraction.settings import Settings
    from halfcell.techniques.diffraction.whole_pattern_fit import Whole

_ONE_SIDED = 1.645  # 95 %
_SEEN = 5.0  # sigma


def absence(whole: Whole, data: Scan, settings: Settings) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Upper limit (95 %) of the weight share of each phase in `settings.absent`.

    The phase's pattern at its reference cell and the given size is set against the fit's residual, with everything that
    the fit's own parameters can imitate taken out; the limit is the amplitude found (zero at least) plus 1.645 sigma.
    """
    found: dict[str, Quantity] = {}
    notes: tuple[Note, ...] = ()
    for name in settings.absent:
        if name in whole.names or phase(name).positions_only:
            why = "in the fit" if name in whole.names else "not quantifiable"
            notes += (Note("refused", "no_absence_limit", f"{name}: no limit of absence, it is {why}"),)
            continue
        amplitude, std = hidden_amplitude(whole.fit, data, name, settings.absent_size_nm)
        if amplitude > _SEEN * std:
            text = f"{name} seems to be there ({amplitude / std:.0f} sigma): add it to the phases"
            notes += (Note("doubt", "not_absent", text),)
            continue
        weight = weights_of((*whole.names, name), data)
        amounts = weight * np.array([*(whole.fit.scale(i)[0] for i in range(len(whole.names))), 0.0])
        most = weight[-1] * (max(amplitude, 0.0) + _ONE_SIDED * std)
        found[f"{name}.absence_limit"] = Quantity(100 * most / (most + amounts.sum()), "wt%")
        size = f"crystallites of {settings.absent_size_nm:g} nm (L_V)"
        notes += (Note("info", "absence_limit", f"{name}: limit of absence at 95 % for {size}"),)
    return found, notes


def hidden_amplitude(fit: PatternFit, data: Scan, name: str, size: float) -> tuple[float, float]:
    """Amplitude of a phase of a size (L_V in nm) in the fit's residual, and its standard uncertainty."""
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
    left = left[:, singular > 1e-9 * singular.max()]
    row = row - left @ (left.T @ row)
    power = float(row @ row)
    residual = (data.counts - fit.solution.model) * weight
    return float(row @ residual) / power, float(np.sqrt(max(fit.reduced_chi2, 1.0) / power))
