"""The impedance of an electrode behind its film: transfer and diffusion by the twin, film and double layer as CPEs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.example.hosts import Pace, electrode_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Complexes = NDArray[np.complex128]

CONTENT = 0.5  # of the electrode, half of its lithium
MIX = (("a-Si", 1.0),)
HIGH = 1e12  # 1/h, at which nothing of the diffusion is left
ASYMPTOTE = 1e6  # 1/h, at which the diffusion has not reached the core


class Film(NamedTuple):
    """The film on an electrode: resistance (ohm), CPE (S s^n)."""

    ohm: float
    q: float
    n: float


class Surface(NamedTuple):
    """An electrode: resistance of transfer (ohm), A of its diffusion, double layer as a CPE, capacity (mAh).

    A (ohm s^-1/2) is that of ``Z = A (1 - j) / sqrt(omega)``, as in `maths.circuit`.
    """

    ohm: float
    slope: float
    q: float
    n: float
    mah: float


def spectrum(hertz: Floats, series: float, film: Film, surface: Surface) -> Complexes:
    """The impedance of a series resistance, a film, and an electrode with its double layer.

    The electrode is one of thin plates, so that its diffusion is that of a Warburg element down to frequencies of
    1 / (2 pi tau); its exchange rate and its time of diffusion are those of the stated resistance and slope. Transfer
    and diffusion stand together beside the double layer, as in a real electrode (J. E. B. Randles, Discuss. Faraday
    Soc. 1 (1947) 11).
    """
    omega = (2j * np.pi * hertz).astype(np.complex128)
    faradaic = _faradaic(omega * 3600, surface)
    layer = 1 / (1 / faradaic + surface.q * omega**surface.n)
    found = series + 1 / (1 / film.ohm + film.q * omega**film.n) + layer
    return found.astype(np.complex128)


def _faradaic(s: Complexes, surface: Surface) -> Complexes:
    """Transfer and diffusion of the electrode (ohm) at s (1/h)."""
    usual = Pace(diffusion_hours=1.0, exchange_per_hour=1.0)
    ohm = float(_plates(np.array([HIGH + 0j]), usual, surface.mah)[0].real)
    transfer = usual._replace(exchange_per_hour=ohm / surface.ohm)
    at = np.array([ASYMPTOTE * 1j])
    slope = (_plates(at, transfer, surface.mah) - surface.ohm)[0] * np.sqrt(at[0] / 3600) / np.sqrt(2)
    exact = transfer._replace(diffusion_hours=(surface.slope / abs(slope)) ** 2)
    return _plates(s, exact, surface.mah)


def _plates(s: Complexes, pace: Pace, mah: float) -> Complexes:
    """Impedance (ohm) of an electrode of plates, half full, on its branch of delithiation."""
    from dataclasses import replace

    from halfcell.twin.electrode import with_content
    from halfcell.twin.small_signal import electrode_impedance

    electrode = replace(electrode_of(MIX, pace, mah).electrode(), shape="slab")
    found: Complexes = 1e3 * electrode_impedance(electrode, with_content(electrode, np.array([CONTENT]), 1), s)
    return found
