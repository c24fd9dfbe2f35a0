"""The scale of a picture: from its file, from the settings, or from a region of known crystal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.result import Note
from halfcell.materials.lattice_planes import planes
from halfcell.techniques.common.picture_scale import picture_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.materials.lattice_planes import Planes
    from halfcell.techniques.microscopy.settings import Settings

    Array = NDArray[np.float64]

_ANISOTROPY = 0.015  # relative: scale along columns over rows of an uncorrected scan; 1 to 2 % in scanned pictures
_SHEAR = 0.02  # rad: the same for the angle
_FITS = 0.12  # relative: how far the nominal scale may be off for a standard to be recognised
_RIGHT = 0.06  # rad: how far an angle may be off, three times the usual shear
_WHOLE = 0.15  # how near to whole numbers the parts of a further fringe must be
_LEAST_ERROR = 2e-4  # relative: no fringe counts for more than this allows


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """The pixel (height, width) in nm, or in 1/nm; relative uncertainties; and the correction of vectors.

    `affine` turns a measured vector (1/nm; rows, columns) into the true one, up to a rotation; `stretch` is what it
    does to lengths on the average.
    """

    pixel: tuple[float, float] | None
    per_nm: bool = False
    scale: float = 0.03
    anisotropy: float = _ANISOTROPY
    shear: float = _SHEAR
    affine: tuple[tuple[float, float], tuple[float, float]] = ((1.0, 0.0), (0.0, 1.0))
    stretch: float = 1.0
    notes: tuple[Note, ...] = field(default_factory=tuple)

    @property
    def corrected(self) -> tuple[float, float] | None:
        """The pixel after the correction."""
        return (self.pixel[0] * self.stretch, self.pixel[1] * self.stretch) if self.pixel else None

    def vector(self, row: float, column: float) -> Array:
        """The vector (1/nm) of a frequency in cycles per pixel."""
        if self.pixel is None or self.per_nm:
            raise Refused("lengths of a picture without a scale", hint="set pixel_size_nm")
        return np.asarray(np.array(self.affine) @ np.array([row / self.pixel[0], column / self.pixel[1]]))


def nominal(measurement: Measurement, settings: Settings) -> Calibration:
    """The scale as the settings, or else the file, state it.

    Raises
    ------
    InputError
        If only one of `scale_bar_pixels` and `scale_bar_nm` is set, or the scale is set twice.
    """
    found = picture_scale(measurement, settings)
    return Calibration(pixel=found.pixel, per_nm=found.per_nm, scale=found.relative_std, notes=found.notes)


def from_standard(
    calibration: Calibration, vectors: Sequence[Array], pair: tuple[int, int], errors: Sequence[float], standard: str
) -> Calibration:
    r"""Correct scale and shear by the fringes of a region whose phase is known.

    Two fringes are given the planes of the phase whose spacings and angle come nearest; further ones are whole
    combinations of these. The linear map A that turns the measured vectors k into the true ones g minimises
    :math:`\sum |A k_i - g_i|^2/(\sigma_i |g_i|)^2`; a rotation is left out of it.

    Parameters
    ----------
    calibration
        The nominal scale.
    vectors
        Measured vectors (1/nm), shape (2,) each.
    pair
        The places of two of them that are not parallel.
    errors
        Relative standard uncertainty of each.
    standard
        The phase.

    Returns
    -------
    Calibration
        With the map A, and the uncertainty that is left of the scale.

    Raises
    ------
    Refused
        If no pair of planes is near.

    Source: definition, by least squares.
    """
    chosen = [vectors[n] for n in pair]
    known = planes(standard, round(0.85 / max(float(np.linalg.norm(v)) for v in chosen), 3))
    pairs = sorted(_pairs(known, chosen), key=lambda found: found[0])
    if not pairs:
        raise Refused(
            f"the fringes of the standard do not fit {standard}", "standard", "another region, phase or scale"
        )
    _, lengths, angle = pairs[0]
    basis = np.array([[lengths[0], 0.0], [lengths[1] * np.cos(angle), lengths[1] * np.sin(angle)]]).T
    measured = np.array(chosen).T
    if np.linalg.det(measured) < 0:
        basis[1] *= -1.0
    first = basis @ np.linalg.inv(measured)
    turned = _without_rotation(_improved(first, basis, vectors, errors))
    used = [errors[n] for n in pair]
    return _corrected(calibration, turned, float(np.sqrt(np.mean(np.square(used)))), standard)


def _improved(first: Array, basis: Array, vectors: Sequence[Array], errors: Sequence[float]) -> Array:
    """The map from all fringes that are whole combinations of the first two."""
    measured, wanted, weights = [], [], []
    for vector, error in zip(vectors, errors, strict=True):
        parts = np.linalg.solve(basis, first @ vector)
        whole = np.round(parts)
        if np.abs(whole).any() and np.abs(parts - whole).max() < _WHOLE:
            true = basis @ whole
            measured.append(vector)
            wanted.append(true)
            weights.append(1.0 / (max(error, _LEAST_ERROR) * float(np.linalg.norm(true))))
    weight = np.array(weights)[:, None]
    solution, *_ = np.linalg.lstsq(weight * np.array(measured), weight * np.array(wanted), rcond=None)
    return np.asarray(solution.T)


def _without_rotation(map_: Array) -> Array:
    """The symmetric part of a polar decomposition."""
    u, _, v = np.linalg.svd(map_)
    return np.asarray(np.linalg.inv(u @ v) @ map_)


def _corrected(calibration: Calibration, turned: Array, error: float, standard: str) -> Calibration:
    scale = float(np.sqrt(abs(np.linalg.det(turned))))  # true over nominal frequency
    text = f"Scale and shear are from a region of {standard}: lengths by the nominal scale are {scale - 1.0:+.1%} off."
    affine = ((float(turned[0, 0]), float(turned[0, 1])), (float(turned[1, 0]), float(turned[1, 1])))
    return Calibration(
        pixel=calibration.pixel,
        stretch=1.0 / scale,
        scale=error,
        anisotropy=error,
        shear=error,
        affine=affine,
        notes=(*calibration.notes, Note("correction", "scale_from_standard", text)),
    )


def _pairs(known: Planes, vectors: Sequence[Array]) -> list[tuple[float, tuple[float, float], float]]:
    """Pairs of planes near two vectors: how far off, their lengths (1/nm), the angle between them (rad)."""
    one, other = vectors
    sizes = [float(np.linalg.norm(v)) for v in vectors]
    angle = float(np.arccos(np.clip(abs(one @ other) / (sizes[0] * sizes[1]), 0.0, 1.0)))
    obtuse = float(one @ other) < 0
    found = []
    for first in _close(known, sizes[0]):
        for second in _close(known, sizes[1]):
            for degrees in known.pair(first, second):
                off = abs(np.radians(degrees) - angle)
                lengths = (1.0 / known.spacings[first], 1.0 / known.spacings[second])
                ratio = np.log(lengths[0] / lengths[1] * sizes[1] / sizes[0])
                if off < _RIGHT and abs(ratio) < _RIGHT:
                    right = np.radians(degrees)
                    found.append((float(off**2 + ratio**2), lengths, float(np.pi - right if obtuse else right)))
    return found


def _close(known: Planes, size: float) -> list[int]:
    return [int(n) for n in np.flatnonzero(np.abs(np.log(known.spacings * size)) < _FITS)]
