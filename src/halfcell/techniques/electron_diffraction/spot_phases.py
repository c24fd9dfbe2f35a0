"""Phases of a spot pattern, from the two shortest vectors of its lattice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.materials.phases import phase, phases
from halfcell.techniques.microscopy.calibration import Calibration
from halfcell.techniques.microscopy.candidates import Candidate, candidates, tied
from halfcell.techniques.microscopy.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.techniques.electron_diffraction.result import ElectronDiffractionResult
    from halfcell.techniques.electron_diffraction.settings import Settings

_ELLIPSE = 0.01  # relative: what lenses do that is not corrected, as anisotropy and as shear (rad)
_NAMED = 5  # more names in a cell of a table are not read


def _spacings(result: ElectronDiffractionResult) -> tuple[list[Spacing], float | None]:
    """The two shortest vectors as spacings (nm), and their angle (degree, 0 to 90)."""
    if result.lattice is None or result.scale is None:
        return [], None
    lengths = np.linalg.norm(result.lattice.basis, axis=1) * result.scale
    made = [
        Spacing(
            d=float(1.0 / length),
            std=float(result.lattice.error / length),
            direction=float(np.degrees(np.arctan2(vector[1], vector[0])) % 180.0),
            strength=0.0,
        )
        for length, vector in zip(lengths, result.lattice.basis, strict=True)
    ]
    cosine = abs(float(result.lattice.basis[0] @ result.lattice.basis[1])) * result.scale**2 / float(np.prod(lengths))
    return made, float(np.degrees(np.arccos(min(cosine, 1.0))))


def _ranked(result: ElectronDiffractionResult, settings: Settings) -> Sequence[Candidate]:
    spacings, angle = _spacings(result)
    if not spacings:
        return ()
    error = settings.scale_uncertainty_percent / 100.0
    calibration = Calibration(pixel=None, scale=error, anisotropy=_ELLIPSE, shear=_ELLIPSE)
    names = [phase(name).name for name in (settings.phases or tuple(phases()))]
    return candidates(names, spacings, angle, calibration)


def spot_rows(result: ElectronDiffractionResult, settings: Settings) -> tuple[Row, ...]:
    """One row per basis vector of the lattice."""
    spacings, angle = _spacings(result)
    ranked = _ranked(result, settings)
    error = settings.scale_uncertainty_percent / 100.0
    return tuple(
        {
            "vector": place + 1,
            "spacing": one.d,
            "spacing_std": float(np.hypot(one.std, one.d * error)),
            "direction": one.direction,
            "angle": angle if place == 0 else None,
            "plane": ranked[0].planes[place] if ranked and len(ranked[0].planes) > place else "",
            "candidates": "; ".join(map(str, ranked[:_NAMED])) if place == 0 else "",
            "best": " or ".join(c.phase for c in tied(ranked)[:_NAMED]) if place == 0 and ranked else "",
        }
        for place, one in enumerate(spacings)
    )


def spot_notes(result: ElectronDiffractionResult, settings: Settings) -> tuple[Note, ...]:
    """What is not known of a spot pattern."""
    if result.lattice is None:
        text = "No lattice explains four spots: several crystals, or the centre is off. Set centre, or pattern = rings."
        return (Note("doubt", "no_lattice", text),)
    notes = []
    if result.lattice.foreign:
        text = (
            f"{result.lattice.foreign} of {len(result.lattice.spots)} spots are not on the lattice: another crystal or"
        )
        notes.append(Note("doubt", "foreign_spots", f"{text} phase."))
    if result.scale is None:
        notes.append(Note("doubt", "no_scale", "The pattern has no scale: no spacings. Set pixel_size_per_nm."))
        return tuple(notes)
    ranked = _ranked(result, settings)
    best = tied(ranked)
    if not best:
        notes.append(Note("doubt", "no_phase", "No phase has planes with these spacings and this angle."))
    elif len(best) > 1:
        names = ", ".join(one.phase for one in best[:_NAMED]) + (" ..." if len(best) > _NAMED else "")
        notes.append(Note("doubt", "tied_phases", f"The spots fit {names} equally well (chi2 within 4)."))
    return tuple(notes)
