r"""Mesopores of an isotherm: film thickness, Kelvin radius, BJH in cylinders, the t-plot, and NNLS on a kernel.

.. math:: r_K = \frac{A}{\ln(p_0/p)}, \quad A = 0.953\,\mathrm{nm}\ (\mathrm{N_2},\ 77\,\mathrm{K}), \quad r = r_K + t

References
----------
E. P. Barrett, L. G. Joyner, P. P. Halenda, J. Am. Chem. Soc. 73 (1951) 373; W. D. Harkins, G. Jura, ibid. 66 (1944)
1366; G. Halsey, J. Chem. Phys. 16 (1948) 931; B. C. Lippens, J. H. de Boer, J. Catal. 4 (1965) 319.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.bet import lines

Array = NDArray[np.float64]

_FEWEST_TO_SMOOTH = 10  # pores of a kernel
KELVIN_NM = 0.953  # 2 gamma V_m / (R T) of nitrogen at 77 K
LIQUID_PER_GAS = 0.0015468  # cm3 of liquid nitrogen in 1 cm3 STP of gas
_NO_BEND = 2  # pores: two have no second difference


@dataclass(frozen=True, kw_only=True)
class Pores:
    """A pore-size distribution by BJH, from wide to narrow pores.

    `diameter` (nm) of each class, its edges `wide` and `narrow`, its `volume` (cm3/g) and wall `area` (m2/g).
    `negative` is the volume (cm3/g) of cores that came out below zero and were counted as empty.
    """

    diameter: Array
    wide: Array
    narrow: Array
    volume: Array
    area: Array
    negative: float = 0.0

    @property
    def per_log_diameter(self) -> Array:
        """dV/dlog10(D) (cm3/g)."""
        return np.asarray(self.volume / np.log10(self.wide / self.narrow))


def harkins_jura(pressure: Array) -> Array:
    r"""Thickness of the film of nitrogen at 77 K, :math:`t = 0.1\,(13.99/(0.034 - \lg p))^{1/2}`.

    Parameters
    ----------
    pressure
        Relative pressures p, shape (n,).

    Returns
    -------
    numpy.ndarray
        nm, shape (n,).

    Source: W. D. Harkins, G. Jura, J. Am. Chem. Soc. 66 (1944) 1366, with the numbers of J. H. de Boer.
    """
    return np.asarray(0.1 * np.sqrt(13.99 / (0.034 - np.log10(pressure))))


def halsey(pressure: Array) -> Array:
    r"""Thickness of the film of nitrogen at 77 K, :math:`t = 0.354\,(5/\ln(1/p))^{1/3}`.

    Parameters
    ----------
    pressure
        Relative pressures p, shape (n,).

    Returns
    -------
    numpy.ndarray
        nm, shape (n,).

    Source: G. Halsey, J. Chem. Phys. 16 (1948) 931.
    """
    return np.asarray(0.354 * (5.0 / np.log(1.0 / pressure)) ** (1.0 / 3.0))


def carbon_black(pressure: Array) -> Array:
    """Thickness of the film of nitrogen on carbon black, :math:`t = 0.088 p^2 + 0.645 p + 0.298`.

    Parameters
    ----------
    pressure
        Relative pressures p, shape (n,).

    Returns
    -------
    numpy.ndarray
        nm, shape (n,).

    Source: ASTM D6556.
    """
    return np.asarray(0.088 * pressure**2 + 0.645 * pressure + 0.298)


def tabulated(pressure: Array, curve: Array) -> Array:
    """Thickness of a film from a measured curve, beyond its end by a power of ln(1/p).

    The power is that of its last eight points (Frenkel, Halsey and Hill: about -1/3).

    Parameters
    ----------
    pressure
        Relative pressures, shape (n,).
    curve
        Relative pressure and thickness (nm), shape (m, 2).

    Returns
    -------
    numpy.ndarray
        nm, shape (n,).

    Source: G. Halsey, J. Chem. Phys. 16 (1948) 931, for the power law.
    """
    p, t = curve.T
    tail = np.polyfit(np.log(np.log(1.0 / p[-8:])), np.log(t[-8:]), 1)
    beyond = np.exp(np.polyval(tail, np.log(np.log(1.0 / np.clip(pressure, p[-1], 1.0 - 1e-12)))))
    return np.asarray(np.where(pressure <= p[-1], np.interp(pressure, p, t), beyond))


def kelvin_radius(pressure: Array, factor_nm: float = KELVIN_NM) -> Array:
    r"""Kelvin radius of a hemispherical meniscus, :math:`r_K = A/\ln(p_0/p)`.

    Parameters
    ----------
    pressure
        Relative pressures, shape (n,).
    factor_nm
        A; 0.953 nm for nitrogen at 77 K.

    Returns
    -------
    numpy.ndarray
        nm, shape (n,).

    Source: W. Thomson (Kelvin), Phil. Mag. 42 (1871) 448.
    """
    return np.asarray(factor_nm / np.log(1.0 / pressure))


def bjh(
    pressure: Array, liquid: Array, thickness: Array, limits_nm: tuple[float, float], factor_nm: float = KELVIN_NM
) -> Pores:
    r"""Distribution of cylindrical pores from a branch of an isotherm, :math:`r = A/\ln(p_0/p) + t`.

    Going down from the highest pressure, each step empties the cores of one class of pores, after what the film in
    the pores that are already open releases has been subtracted.

    Parameters
    ----------
    pressure, liquid, thickness
        Relative pressure (any order), adsorbed volume as liquid (cm3/g) and film thickness (nm), shape (n,).
    limits_nm
        Diameters between which the mean diameter of a class must lie to be counted.
    factor_nm
        The Kelvin factor A (nm).

    Returns
    -------
    Pores
        Diameters (nm), volumes (cm3/g) and areas (m2/g) of the classes, from wide to narrow.

    Source: E. P. Barrett, L. G. Joyner, P. P. Halenda, J. Am. Chem. Soc. 73 (1951) 373.
    """
    order = np.argsort(pressure)[::-1]
    p, v, t = pressure[order], liquid[order], thickness[order]
    radius = kelvin_radius(p, factor_nm) + t
    wide, narrow = radius[:-1], radius[1:]
    means = (wide + narrow) * wide * narrow / (wide**2 + narrow**2)  # the length-weighted means of the classes
    lengths = np.zeros(len(means))
    counted = (wide > narrow) & (2.0 * means >= limits_nm[0]) & (2.0 * means <= limits_nm[1])
    negative = 0.0
    for k in range(len(means)):
        if not counted[k]:
            continue
        before = slice(0, k)
        open_pores = np.where(means[before] > t[k], lengths[before], 0.0)
        film = np.pi * float(open_pores @ ((means[before] - t[k + 1]) ** 2 - (means[before] - t[k]) ** 2))
        core = float(v[k] - v[k + 1]) - film
        negative += max(-core, 0.0)
        lengths[k] = max(core, 0.0) / (np.pi * (means[k] - t[k + 1]) ** 2)
    means, lengths = means[counted], lengths[counted]
    return Pores(
        diameter=2.0 * means,
        wide=2.0 * wide[counted],
        narrow=2.0 * narrow[counted],
        volume=np.pi * means**2 * lengths,
        area=2e3 * np.pi * means * lengths,  # cm3/nm2 x nm = cm3/nm = 1e3 m2
        negative=negative,
    )


def t_plot(thickness: Array, liquid: Array, fewest: int = 4) -> Array:
    """Straight lines of the adsorbed liquid over the thickness of the film, one per window of points.

    Parameters
    ----------
    thickness, liquid
        nm and cm3/g, shape (n,).
    fewest
        Points of the shortest window.

    Returns
    -------
    numpy.ndarray
        Rows of first and last point, external area (m2/g), micropore volume (cm3/g) and R2, shape (windows, 5).

    Source: B. C. Lippens, J. H. de Boer, J. Catal. 4 (1965) 319.
    """
    slope, intercept, r2 = lines(thickness, liquid)
    places = np.indices(slope.shape).astype(float)
    kept = places[1] - places[0] + 1 >= fewest
    return np.stack([places[0][kept], places[1][kept], slope[kept] * 1e3, intercept[kept], r2[kept]], axis=1)


@dataclass(frozen=True, kw_only=True)
class KernelWeights:
    """Non-negative weights of a kernel's pores, smoothed and not, the isotherm they add up to, and the rms misfits.

    `pressure` are those of the isotherm inside the kernel's range, `fitted` the smoothed fit there.
    """

    weights: Array
    rough: Array
    pressure: Array
    fitted: Array
    misfit: float
    least_misfit: float


def fit_kernel(pressure: Array, loading: Array, kernel_pressure: Array, kernel: Array) -> KernelWeights:
    """Non-negative weights of a kernel's pores that add up to an isotherm, regularised.

    The second differences of the weights are punished as strongly as lets the rms misfit grow by a tenth and a
    thousandth of the largest loading: without that, neighbouring pores take the noise in turns. A kernel of fewer than
    ten pores is not regularised.

    Parameters
    ----------
    pressure, loading
        The isotherm, shape (n,).
    kernel_pressure, kernel
        Relative pressures (m,) and the loading of each pore there, shape (m, pores), in the unit of `loading`; it is
        interpolated over the logarithm of the pressure.

    Returns
    -------
    KernelWeights
        One weight per pore, and how well they describe the isotherm.

    Source: C. L. Lawson, R. J. Hanson, Solving Least Squares Problems, SIAM 1995, for the non-negative solution.
    """
    inside = (pressure >= kernel_pressure[0]) & (pressure <= kernel_pressure[-1])
    at = np.log(pressure[inside])
    columns = np.stack([np.interp(at, np.log(kernel_pressure), column) for column in kernel.T], axis=1)
    wanted = loading[inside]
    rough, least = _smoothed_weights(columns, wanted, 0.0)
    allowed = 1.1 * least + 1e-3 * float(wanted.max())
    weights, misfit = rough, least
    scale = float(np.linalg.norm(columns) / np.sqrt(columns.shape[1]))
    steps = np.geomspace(1e-4, 10.0, 16) if columns.shape[1] >= _FEWEST_TO_SMOOTH else np.empty(0)
    for strength in scale * steps:
        smoother, its_misfit = _smoothed_weights(columns, wanted, float(strength))
        if its_misfit > allowed:
            break
        weights, misfit = smoother, its_misfit
    return KernelWeights(
        weights=weights,
        rough=rough,
        pressure=pressure[inside],
        fitted=np.asarray(columns @ weights),
        misfit=misfit,
        least_misfit=least,
    )


def _smoothed_weights(columns: Array, wanted: Array, strength: float) -> tuple[Array, float]:
    """Non-negative least squares with punished second differences; the weights and the rms misfit."""
    from scipy.optimize import nnls

    count = columns.shape[1]
    bend = np.diff(np.eye(count), 2, axis=0) * strength if strength > 0 and count > _NO_BEND else np.empty((0, count))
    weights, _ = nnls(np.vstack([columns, bend]), np.concatenate([wanted, np.zeros(len(bend))]))
    misfit = float(np.linalg.norm(columns @ weights - wanted) / np.sqrt(max(len(wanted), 1)))
    return np.asarray(weights), misfit
