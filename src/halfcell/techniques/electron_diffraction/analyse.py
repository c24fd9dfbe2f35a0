"""From a diffraction pattern to its centre and ellipse, rings or spots, scale, and the phases that fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.phases import phase, phases
from halfcell.maths.radial_profile import radial_profile
from halfcell.maths.ring_pattern import Geometry, fitted_geometry, shadow, symmetric_centre
from halfcell.maths.rings import rings_of
from halfcell.techniques.electron_diffraction.indexing import margin_over_chance, matched, tied
from halfcell.techniques.electron_diffraction.result import ElectronDiffractionResult
from halfcell.techniques.electron_diffraction.spot_phases import spot_notes, spot_rows
from halfcell.techniques.electron_diffraction.spots import found_spots, lattice_of
from halfcell.techniques.electron_diffraction.standard import LEAST_RINGS, scale_of_standard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.maths.radial_profile import Profile
    from halfcell.techniques.electron_diffraction.indexing import RingMatch
    from halfcell.techniques.electron_diffraction.settings import Settings

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_FLOOR = 0.1  # percentile of intensities that is taken as 0
_INNER, _OUTER = 0.1, 0.5  # of the shorter edge: default radii
_NOMINAL = 0.06  # relative: how far a nominal scale may be off
_NAMED = 5  # phases that a row or a note names
_BEST = 3.0  # per cent: no transferred scale is better
_ROUND = 0.003  # ellipticity below which it is not significant: scatter between patterns of one camera


@dataclass(frozen=True, kw_only=True)
class _Scale:
    """A scale (1/nm per px) and its relative standard uncertainty."""

    value: float | None
    relative: float


def analyse(measurement: Measurement, settings: Settings) -> ElectronDiffractionResult:
    """Centre, ellipse, rings or spots, scale and phases of one pattern.

    Parameters
    ----------
    measurement
        ``image``, intensities of shape (rows, columns); the scale (1/nm per px) from its head or the settings.
    settings
        Phases, standard, radii that are looked at.

    Returns
    -------
    ElectronDiffractionResult
        Centre (px), ellipticity (%), spacings (angstrom) of rings or spots, scale, and the phases that fit.

    Raises
    ------
    InputError
        If a rectangle lies outside the pattern, radii exclude each other, or a phase is unknown.
    Refused
        If a standard is given, but no rings are found that fit it.

    Source: Bragg's law at small angles, 1/d = scale times radius (definition).
    """
    picture = measurement["image"]
    even = _even(picture)
    limits = _limits(picture, settings)
    usable, geometry = _geometry(even, limits, settings)
    profile = radial_profile(even, usable, geometry, limits)
    rings = rings_of(profile) if settings.pattern == "rings" else ()
    radii, errors = np.array([ring.radius for ring in rings]), np.array([ring.error for ring in rings])
    scale = _scale(measurement, profile, (radii, errors), settings)
    matches = _matches(radii, errors, scale, settings) if settings.pattern == "rings" else ()
    lattice = None
    if settings.pattern == "spots":
        lattice = lattice_of(found_spots(even, usable, geometry, limits, settings.spots))
    result = ElectronDiffractionResult(
        technique="electron_diffraction",
        quantities=_quantities(geometry, scale, settings),
        rows=tuple(_rows(radii, errors, scale, matches)),
        notes=(),
        picture=picture,
        usable=usable,
        geometry=geometry,
        profile=profile,
        radii=radii,
        radius_errors=errors,
        scale=scale.value,
        matches=matches,
        lattice=lattice,
    )
    if settings.pattern == "rings":
        return replace(result, notes=tuple(_notes(result, settings)))
    return replace(result, rows=spot_rows(result, settings), notes=spot_notes(result, settings))


def _even(picture: Array) -> Array:
    """The square root of intensities above the floor: counting noise is even there."""
    low, high = (float(v) for v in np.percentile(picture, (_FLOOR, 99.0)))
    return np.asarray(np.sqrt(np.maximum(picture - low, 0.0) + 1e-3 * max(high - low, 1e-9)))


def _limits(picture: Array, settings: Settings) -> tuple[float, float]:
    shorter = min(picture.shape)
    low = settings.least_radius if settings.least_radius is not None else _INNER * shorter
    high = settings.greatest_radius if settings.greatest_radius is not None else _OUTER * shorter
    if not 0 < low < high - 10.0:
        raise InputError(
            f"radii between {low:g} and {high:g} px", "least_radius, greatest_radius", "at least 10 px apart"
        )
    return float(low), float(high)


def _geometry(even: Array, limits: tuple[float, float], settings: Settings) -> tuple[Mask, Geometry]:
    """Usable pixels, centre and ellipse: the centre of inversion, then what is dark for its ring, then sharpness."""
    mask = np.isfinite(even)
    rows, columns = even.shape
    for left, top, right, bottom in settings.masked:
        if not (0 <= left < right <= columns and 0 <= top < bottom <= rows):
            hint = f"left, top, right, bottom; the pattern has {columns} columns and {rows} rows"
            raise InputError(f"the rectangle {(left, top, right, bottom)} is outside the pattern", "masked", hint)
        mask[top:bottom, left:right] = False
    start = (settings.centre[1], settings.centre[0]) if settings.centre else symmetric_centre(even, mask)
    usable = shadow(even, Geometry(row=start[0], column=start[1]), mask)
    if not settings.centre and usable.sum() < mask.sum():
        start = symmetric_centre(even, usable)
        usable = shadow(even, Geometry(row=start[0], column=start[1]), mask)
    known = _known_ellipse(settings)
    if settings.pattern == "spots":
        u, v = known or (0.0, 0.0)
        return usable, Geometry(row=start[0], column=start[1], u=u, v=v)
    found = fitted_geometry(even, usable, start, limits, known)
    usable = shadow(even, found, mask)
    return usable, fitted_geometry(even, usable, (found.row, found.column), limits, known)


def _known_ellipse(settings: Settings) -> tuple[float, float] | None:
    """u and v of an ellipse that is set."""
    if settings.ellipse is None:
        return None
    full, direction = settings.ellipse[0] / 100.0, np.radians(settings.ellipse[1])
    e = full / (2.0 + full)
    return float(-e * np.cos(2.0 * direction)), float(-e * np.sin(2.0 * direction))


def _scale(measurement: Measurement, profile: Profile, rings: tuple[Array, Array], settings: Settings) -> _Scale:
    """The scale: of the standard, of the settings, or of the file."""
    meta = measurement.meta
    height, width = meta.get("pixel_height_per_nm"), meta.get("pixel_width_per_nm")
    stated = float(np.sqrt(float(height) * float(width))) if height and width else None
    nominal = settings.pixel_size_per_nm or stated
    relative = settings.scale_uncertainty_percent / 100.0
    if not settings.standard:
        return _Scale(value=nominal, relative=relative)
    name = phase(settings.standard).name
    if settings.pattern == "spots":
        raise InputError("a standard is a pattern of rings", "standard", "transfer its scale by pixel_size_per_nm")
    near = (nominal, max(relative, _NOMINAL))
    value, std = scale_of_standard(name, profile, rings, near, measurement.where)
    return _Scale(value=value, relative=std / value)


def _matches(radii: Array, errors: Array, scale: _Scale, settings: Settings) -> tuple[RingMatch, ...]:
    if len(radii) < LEAST_RINGS:
        return ()
    names = [settings.standard] if settings.standard else list(settings.phases or tuple(phases()))
    relative = max(scale.relative, 0.002) if settings.standard else scale.relative
    return matched([phase(name).name for name in names], radii, errors, scale.value, relative)


def _quantities(geometry: Geometry, scale: _Scale, settings: Settings) -> Mapping[str, Quantity]:
    made = {
        "centre_column": Quantity(geometry.column, "px", decimals=2),
        "centre_row": Quantity(geometry.row, "px", decimals=2),
    }
    if settings.pattern == "rings":
        made["ellipticity"] = Quantity(100.0 * geometry.ellipticity, "%", 100.0 * _ROUND, "instrument resolution")
        made["ellipse_direction"] = Quantity(geometry.direction, "degree", decimals=0)
    if scale.value is not None:
        kind = "spread over models" if settings.standard else "instrument resolution"
        made["pixel_size_reciprocal"] = Quantity(scale.value, "1/nm", scale.value * scale.relative, kind)  # type: ignore[arg-type]
    return made


def _rows(radii: Array, errors: Array, scale: _Scale, matches: Sequence[RingMatch]) -> Iterator[Row]:
    """One row per ring; spacings where there is a scale, indices of the best phase."""
    for place, (radius, error) in enumerate(zip(radii, errors, strict=True)):
        d = 1.0 / (radius * scale.value) if scale.value else None
        yield {
            "ring": place + 1,
            "radius": float(radius),
            "radius_std": float(error),
            "ratio": float(radius / radii[0]),
            "spacing": float(d) if d else None,
            "spacing_std": float(d * np.hypot(error / radius, scale.relative)) if d else None,
            "plane": matches[0].indices[place] if matches else "",
            "best": " or ".join(one.phase for one in tied(matches)[:_NAMED]) if place == 0 and matches else "",
        }


def _notes(result: ElectronDiffractionResult, settings: Settings) -> Iterator[Note]:
    if len(result.radii) < LEAST_RINGS:
        yield Note(
            "doubt", "few_rings", "Fewer than two rings were found: no phase. Set least_radius and greatest_radius."
        )
        return
    lost = 1.0 - float(result.usable.mean())
    if lost > 0.0:
        yield Note(
            "info",
            "shadow",
            f"{100 * lost:.1f} % of the pixels are masked: a beam stop, or rectangles of the settings.",
        )
    if result.scale is None:
        text = "The pattern has no scale: phases are by the ratios of radii alone, which many share."
        yield Note("doubt", "no_scale", f"{text} Set pixel_size_per_nm.")
    elif not settings.standard and settings.scale_uncertainty_percent < _BEST:
        text = f"A scale that is good to {settings.scale_uncertainty_percent:g} % is set; transferred scales"
        yield Note("doubt", "scale_too_sure", f"{text} were found to be off by 3 to 6 %.")
    yield from _phase_notes(result, settings)


def _phase_notes(result: ElectronDiffractionResult, settings: Settings) -> Iterator[Note]:
    """Phases that chance would find, that tie, or that leave rings over."""
    if result.matches and not settings.standard and margin_over_chance(result.matches, result.radii) < 0.0:
        text = (
            f"{len(result.radii)} rings at random places would fit one of {len(result.matches)} phases as well: state"
        )
        yield Note("doubt", "phase_by_chance", f"{text} in phases which can be there, or take more rings.")
    best = tied(result.matches)
    if len(best) > 1:
        names = ", ".join(one.phase for one in best[:_NAMED]) + (" ..." if len(best) > _NAMED else "")
        yield Note("doubt", "tied_phases", f"The rings fit {names} equally well: they do not tell which.")
    if best and (foreign := len(result.radii) - best[0].explained):
        yield Note("doubt", "foreign_rings", f"{foreign} of {len(result.radii)} rings are none of {best[0].phase}.")
