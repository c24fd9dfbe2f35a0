"""Fourier transform of EXAFS: window, chi(R) and its noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

STEP = 0.05  # 1/angstrom, grid in k
POINTS = 2048  # of the Fourier transform
_NOISE_RANGE = (15.0, 25.0)  # angstrom: no shell is seen so far out, what is left is noise


def window(x: Array, low: float, high: float, sill: float) -> Array:
    r"""Hanning window: 0 to 1 over `sill` around `low`, 1 to 0 over `sill` around `high`, each as :math:`\sin^2`.

    The four corners are grid points (rounded down) and stay within the grid, as in Athena and larch.

    Parameters
    ----------
    x
        An even grid, shape (n,), in any unit.
    low, high, sill
        Middles of both slopes and their width, in the unit of `x`.

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n,).

    Source: M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007.
    """
    step = float(x[1] - x[0])
    last = len(x) - 1
    ends = (max(x[0], low - sill / 2), low + sill / 2, high - sill / 2, min(x[-1], high + sill / 2))
    tiny = 1e-4 * step
    inner = (0.0, tiny, -tiny, 0.0)
    a, b, c, d = (min(max(int((e + t + tiny - x[0]) / step), 0), last) for e, t in zip(ends, inner, strict=True))
    a = max(0, b - 1) if a == b else a
    c = max(b, d - 1) if c == d else c
    rise = np.clip((x - x[a]) / max(float(x[b] - x[a]), tiny), 0, 1)
    fall = np.clip((x[d] - x) / max(float(x[d] - x[c]), tiny), 0, 1)
    return np.asarray(np.sin(0.5 * np.pi * rise) ** 2 * np.sin(0.5 * np.pi * fall) ** 2)


def transform(chi: Array, weight: int, k_range: tuple[float, float], sill: float) -> tuple[Array, Array]:
    """R and complex chi(R) of chi(k) on the grid of 0.05 1/angstrom.

    chi(R) = (dk / sqrt pi) sum chi(k) k^w W(k) exp(-2 i k R): the conjugate of the transform with exp(2 i k R), which
    has the same magnitude. R is not corrected for the phase shift.

    Parameters
    ----------
    chi
        On the grid from k = 0 on, shape (n,).
    weight
        The power w of k.
    k_range, sill
        Of the window (1/angstrom).

    Returns
    -------
    r, spectrum
        R (angstrom) and chi(R) (1/angstrom^(w + 1)), shape (1024,).

    Source: M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007.
    """
    reach = max(len(chi), int(1.01 + (k_range[1] + sill) / STEP))
    k = STEP * np.arange(reach)
    weighted = np.zeros(POINTS, dtype=complex)
    weighted[: len(chi)] = chi * (k**weight * window(k, *k_range, sill))[: len(chi)]
    spectrum = STEP / np.sqrt(np.pi) * np.fft.fft(weighted)[: POINTS // 2]
    return np.pi / (STEP * POINTS) * np.arange(POINTS // 2), spectrum


def noise_of(r: Array, spectrum: Array) -> float:
    """Standard deviation of the real (and of the imaginary) part of chi(R) between 15 and 25 angstrom.

    At these distances no structure contributes.

    Parameters
    ----------
    r, spectrum
        R (angstrom) and complex chi(R), shape (n,).

    Returns
    -------
    float
        In the unit of `spectrum`.

    Source: M. Newville, B. I. Boyanov and D. E. Sayers, J. Synchrotron Rad. 6 (1999) 264.
    """
    far = spectrum[(r >= _NOISE_RANGE[0]) & (r <= _NOISE_RANGE[1])]
    return float(np.sqrt(np.mean(np.abs(far) ** 2) / 2))
