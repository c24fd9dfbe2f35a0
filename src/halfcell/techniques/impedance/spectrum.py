"""A measurement as a spectrum fit for analysis: checked, sorted, its outliers marked, its noise known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.result import Note
from halfcell.maths.kramers_kronig import KramersKronig, kramers_kronig
from halfcell.maths.outliers import outliers
from halfcell.techniques.impedance.records import Complexes, Reals, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

_FEWEST = 8


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Frequencies falling, impedance, weights (zero: left out), the Kramers-Kronig test, what was said on the way."""

    frequency: Reals
    impedance: Complexes
    weights: Reals
    test: KramersKronig
    notes: tuple[Note, ...]

    @property
    def used(self) -> NDArray[np.bool_]:
        """Which points are fitted."""
        return np.asarray(self.weights > 0)


def prepare(measurement: Measurement, settings: Settings) -> Spectrum:
    """Check and sort a measurement, cut the range, mark outliers, test Kramers-Kronig.

    Raises
    ------
    InputError
        If a column is missing or `weighting` asks for a standard deviation the file has not.
    Refused
        If fewer than 8 points are left.
    """
    frequency = np.asarray(measurement["frequency_hertz"], dtype=float)
    z = np.asarray(measurement["real_impedance_ohm"]) + 1j * np.asarray(measurement["imaginary_impedance_ohm"])
    good = np.isfinite(frequency) & np.isfinite(z) & (frequency > 0) & (np.abs(z) > 0)
    order = np.flatnonzero(good)[np.argsort(-frequency[good], kind="stable")]
    notes = []
    if not good.all():
        text = f"{int((~good).sum())} points without a frequency or an impedance were left out"
        notes.append(Note("correction", "points_without_value", text))
    frequency, z = frequency[order], z[order]
    used, said = _chosen(frequency, z, settings)
    if used.sum() < _FEWEST:
        raise Refused(f"{int(used.sum())} points are too few for a circuit", measurement.where, f"at least {_FEWEST}")
    test = kramers_kronig(frequency, z, used)
    weights = np.where(used, _weights(measurement, z, order, settings), 0.0)
    said += _judged(z, used, test)
    return Spectrum(frequency, z, weights, test, tuple(notes + said))


def _chosen(frequency: Reals, z: Complexes, settings: Settings) -> tuple[NDArray[np.bool_], list[Note]]:
    low = settings.lowest_frequency_hertz or 0.0
    high = settings.highest_frequency_hertz or np.inf
    used = (frequency >= low * (1 - 1e-9)) & (frequency <= high * (1 + 1e-9))
    notes = []
    if not used.all():
        notes.append(Note("info", "range_cut", f"{int((~used).sum())} of {len(used)} points are outside the range set"))
    if settings.outliers == "drop" and used.sum() >= _FEWEST:
        wild = np.zeros(len(used), dtype=bool)
        wild[used] = outliers(frequency[used], z[used])
        if wild.any():
            places = ", ".join(f"{f:.4g} Hz" for f in frequency[wild])
            notes.append(
                Note("correction", "outliers_dropped", f"left out, as no Kramers-Kronig model follows: {places}")
            )
            used &= ~wild
    return used, notes


def _weights(measurement: Measurement, z: Complexes, order: NDArray[np.int64], settings: Settings) -> Reals:
    if settings.weighting == "unit":
        return np.full(len(z), 1 / float(np.median(np.abs(z))))
    if settings.weighting == "modulus":
        return np.asarray(1 / np.abs(z))
    sigma = np.asarray(measurement["impedance_std_ohm"], dtype=float)[order]
    if not (sigma > 0).all():
        raise InputError("impedance_std_ohm must be above zero", measurement.where, 'or set weighting = "modulus"')
    return np.asarray(1 / sigma)


def _judged(z: Complexes, used: NDArray[np.bool_], test: KramersKronig) -> list[Note]:
    notes = []
    if test.p_value < 1e-3 and test.violation > 5e-4:
        share = 100 * test.violation
        text = (
            f"Re and Im do not belong together within the noise (misfit {share:.2g} % of |Z|): drift during the sweep?"
        )
        notes.append(Note("doubt", "kramers_kronig", text))
    if (z.real[used] < 0).any():
        notes.append(Note("doubt", "negative_real_part", f"Re Z is negative at {int((z.real[used] < 0).sum())} points"))
    return notes
