"""Size of silicon crystals from the shift of the Raman line, by two models that disagree; hence a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Model = Literal["Campbell-Fauchet", "bond polarisability"]
MODELS: tuple[Model, ...] = ("Campbell-Fauchet", "bond polarisability")
LATTICE_NM = 0.543102  # a of silicon at 22.5 degC (CODATA 2018)
_ALPHA = 8.0 * np.pi**2  # so that the phonon has decayed to exp(-4 pi^2) at the surface
_NATURAL_WIDTH = 3.6  # 1/cm, natural width with thermal broadening, as commonly used with both papers
_HARMONIC, _CUBIC, _QUARTIC = 528.0, -2.96, -0.174  # 1/cm, of Balkanski's fit, 5 to 1400 K (source: `line_at`)
_BOLTZMANN = 0.695034800  # 1/cm per K (CODATA 2018)
_ROOM_K = 295.0  # K, of a laboratory
_MELTING_K = 1687.0  # K, of silicon
STRESS_MPA = -434.0  # MPa per 1/cm, uniaxial along <100>; in two directions the sum of both (I. De Wolf, 1996)
_HALF = 0.5  # of the height of a line, where its width is read


def dispersion(q: Array) -> Array:
    r"""Optical branch of silicon, :math:`\omega(q) = \sqrt{1.714 \cdot 10^5 + 10^5 \cos(\pi q/2)}`.

    Parameters
    ----------
    q
        Wave numbers in units of 2 pi / a, shape (n,).

    Returns
    -------
    numpy.ndarray
        1/cm, shape (n,).

    Source: H. Richter, Z. P. Wang and L. Ley, Solid State Commun. 39 (1981) 625.
    """
    return np.sqrt(1.714e5 + 1.0e5 * np.cos(0.5 * np.pi * q))


def confined_line(x: Array, size_nm: float, width: float = _NATURAL_WIDTH) -> Array:
    """Line of a crystal of diameter D, unit height.

    I(w) = int exp(-q^2 D^2 / (2 alpha)) / ((w - w(q))^2 + (Gamma/2)^2) q^2 dq, alpha = 8 pi^2. With alpha = 2 this is
    the model of Richter, whose D is a length over which the phonon decays within a larger crystal: it is no other
    size of the same crystal.

    Parameters
    ----------
    x
        Raman shifts (1/cm) relative to the line of a large crystal, shape (n,).
    size_nm
        D (nm).
    width
        Gamma, the natural width (1/cm).

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n,).

    Source: I. H. Campbell and P. M. Fauchet, Solid State Commun. 58 (1986) 739.
    """
    q = np.linspace(0.0, 1.0, 401)[1:]
    weight = np.exp(-((q * 2.0 * np.pi * size_nm / LATTICE_NM) ** 2) / (2.0 * _ALPHA)) * q**2
    shift = dispersion(q) - dispersion(np.zeros(1))
    line = (weight / ((np.asarray(x)[:, None] - shift) ** 2 + (width / 2.0) ** 2)).sum(axis=1)
    return np.asarray(line / line.max())


def shift_of(size_nm: float, model: Model) -> float:
    r"""Shift of the line's maximum for a crystal of diameter D; by bond polarisability :math:`-47.41\,(a/D)^{1.44}`.

    Parameters
    ----------
    size_nm
        D (nm).
    model
        By which model: the maximum of `confined_line`, or bond polarisability.

    Returns
    -------
    float
        1/cm, negative.

    Sources: I. H. Campbell and P. M. Fauchet, Solid State Commun. 58 (1986) 739; J. Zi et al., Appl. Phys. Lett. 69
    (1996) 200.
    """
    if model == "bond polarisability":
        return float(-47.41 * (LATTICE_NM / size_nm) ** 1.44)
    x = np.linspace(-110.0, 5.0, 2301)
    line = confined_line(x, size_nm)
    top = int(np.clip(np.argmax(line), 2, len(x) - 3))
    a, b, _ = np.polyfit(x[top - 2 : top + 3], line[top - 2 : top + 3], 2)
    return float(-b / (2.0 * a)) if a else float(x[top])


def size_of(shift: float, model: Model, low_nm: float = 1.0, high_nm: float = 60.0) -> float:
    """Diameter that gives a shift: the root of `shift_of`.

    Parameters
    ----------
    shift
        1/cm.
    model
        By which model.
    low_nm, high_nm
        Diameters (nm) between which it is looked for.

    Returns
    -------
    float
        nm; NaN where the model has none between the limits.

    Source: as `shift_of`.
    """
    from scipy.optimize import brentq

    if not shift_of(low_nm, model) < shift < shift_of(high_nm, model):
        return float("nan")
    return float(brentq(lambda size: shift_of(size, model) - shift, low_nm, high_nm, xtol=1e-3))


def width_at(shift: float) -> float:
    """Full width at half maximum of the line of a crystal that is so small that its line is shifted by so much.

    Parameters
    ----------
    shift
        1/cm.

    Returns
    -------
    float
        1/cm, by `confined_line`; that of 1 nm beyond its shift, and of 60 nm where the shift is not negative.

    Source: I. H. Campbell and P. M. Fauchet, Solid State Commun. 58 (1986) 739.
    """
    size = size_of(shift, "Campbell-Fauchet")
    if not np.isfinite(size):
        size = 1.0 if shift < 0 else 60.0
    x = np.linspace(-110.0, 30.0, 2801)
    above = np.flatnonzero(confined_line(x, size) > _HALF)
    return float(x[above[-1]] - x[above[0]])


def line_at(kelvin: float) -> float:
    r"""Line of large silicon crystals over the temperature, by decay into two and three phonons.

    :math:`\omega = \omega_0 + C\,(1 + 2n_2) + D\,(1 + 3n_3 + 3n_3^2)`, :math:`n_i = 1/(e^{\omega_0/(i k T)} - 1)`.

    Parameters
    ----------
    kelvin
        T (K), above 0.

    Returns
    -------
    float
        1/cm.

    Source: M. Balkanski, R. F. Wallis and E. Haro, Phys. Rev. B 28 (1983) 1928.
    """
    two, three = (1.0 / np.expm1(_HARMONIC / (parts * _BOLTZMANN * kelvin)) for parts in (2, 3))
    return float(_HARMONIC + _CUBIC * (1.0 + 2.0 * two) + _QUARTIC * (1.0 + 3.0 * three + 3.0 * three**2))


def heating_of(shift: float) -> float:
    """By how much a crystal is warmer than the room if heating alone has shifted its line: the root of `line_at`.

    Parameters
    ----------
    shift
        1/cm, relative to the line at 295 K; negative.

    Returns
    -------
    float
        K; NaN where silicon would have melted, and where the line has not moved down.

    Source: as `line_at`.
    """
    from scipy.optimize import brentq

    room = line_at(_ROOM_K)
    if not line_at(_MELTING_K) - room < shift < 0.0:
        return float("nan")
    return float(brentq(lambda kelvin: line_at(kelvin) - room - shift, _ROOM_K, _MELTING_K, xtol=1e-3)) - _ROOM_K
