"""Where the next fit of a pattern starts: at the end of the last one, with the same or a changed model."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.turbostratic_carbon import Bands

if TYPE_CHECKING:
    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.maths.powder.pattern_model import PatternModel


def ended(fit: PatternFit) -> dict[str, float]:
    """The final parameters of a fit by name: the start of the next one."""
    return dict(zip(fit.pattern.names, map(float, fit.solution.p), strict=True))


def restart(fit: PatternFit, model: PatternModel) -> PatternModel:
    """The same model starting from the parameters of a fit (cells start from their reference, where their prior is).

    Parameters
    ----------
    fit
        Where it ended.
    model
        The model that is to start there.

    Returns
    -------
    PatternModel
        With sizes (nm), widths, halos and bands of the fit.

    Source: procedure of this package.
    """
    known = dict(zip(fit.pattern.names, map(float, fit.solution.p), strict=True))
    phases = tuple(
        dataclasses.replace(
            phase,
            size=None if phase.size is None else float(np.exp(known.get(f"{phase.lines.name}.ln_size", 2.3))),
            sigma=known.get(f"{phase.lines.name}.sigma", phase.sigma),
            ratio=known.get(f"{phase.lines.name}.ln_ratio", phase.ratio),
        )
        for phase in model.phases
    )
    halos = tuple(
        dataclasses.replace(hump, centre=known[f"hump{i}.centre"], width=known[f"hump{i}.width"])
        if f"hump{i}.centre" in known
        else hump
        for i, hump in enumerate(model.humps)
    )
    layers = None if model.bands is None else Bands(a=known["bands.a"], la=float(np.exp(known["bands.ln_la"])))
    return dataclasses.replace(model, phases=phases, humps=halos, bands=layers)
