"""A measurement prepared for analysis: checked, sorted, its outliers marked, its noise estimated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from halfcell.core.errors import InputError, Refused
from halfcell.core.result import Note
from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.impedance_outliers import outliers
from halfcell.maths.kramers_kronig import KramersKronig, kramers_kronig
from halfcell.techniques.common.measurement_checks import sound
from halfcell.techniques.impedance.noise_kind import far_off, is_of_one_size, noise_sizes, parts
from halfcell.techniques.impedance.settings import Settings

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

Marks = NDArray[np.bool_]

_FEWEST = 8  # points of a spectrum
_TURNED = 0.2  # of the residual as given: what must be left if the sign is turned
_LEAST_PART = 0.02  # of what is left: the violation is known no better than that
_SURE = 1e-3  # p-value: one good spectrum in a thousand is called wrong
_SEEN = 5e-4  # of \|Z\|: a smaller violation changes no resistance by more than its error


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Falling frequencies, impedance, weights (zero: left out), Kramers-Kronig test, and notes on the preparation."""

    frequency: Reals
    impedance: Complexes
    weights: Reals
    test: KramersKronig
    notes: tuple[Note, ...]

    @property
    def used(self) -> Marks:
        """Which points are fitted."""
        return np.asarray(self.weights > 0)

    @property
    def violated(self) -> bool:
        """Whether the data violate the Kramers-Kronig relations beyond the noise."""
        return _violated(self.test)

    @property
    def noise(self) -> float:
        """Noise of the points relative to their sizes, without what violates the Kramers-Kronig relations.

        What one model of Re and Im together leaves holds both. A drift is a misfit of every circuit, and no noise.
        """
        if not self.violated:
            return self.test.noise
        left = float(np.sqrt(max(self.test.noise**2 - self.test.violation**2, 0.0)))
        return max(left, _LEAST_PART * self.test.noise)


def prepare(measurement: Measurement, settings: Settings) -> Spectrum:
    """Check and sort a measurement, cut the range, mark outliers, test Kramers-Kronig.

    Parameters
    ----------
    measurement
        Frequency (Hz) and impedance (ohm), shape (n,).
    settings
        The range (Hz), the weighting, and what becomes of outliers.

    Returns
    -------
    Spectrum
        Falling frequencies, impedances, weights (1/ohm) and the Kramers-Kronig test.

    Raises
    ------
    InputError
        If a column is missing, or `weighting` asks for a standard deviation that the file does not have.
    Refused
        If fewer than 8 points are left.

    Source: B. A. Boukamp, J. Electrochem. Soc. 142 (1995) 1885, for the test; the rest is a procedure of this package.
    """
    sound(measurement, "frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm")
    frequency = np.asarray(measurement["frequency_hertz"], dtype=float)
    z = np.asarray(measurement["real_impedance_ohm"]) + 1j * np.asarray(measurement["imaginary_impedance_ohm"])
    good = np.isfinite(frequency) & np.isfinite(z) & (frequency > 0) & (np.abs(z) > 0)
    order = np.flatnonzero(good)[np.argsort(-frequency[good], kind="stable")]
    notes: list[Note] = []
    if not good.all():
        text = f"{int((~good).sum())} points without a frequency or an impedance were left out"
        notes.append(Note("correction", "points_without_value", text))
    frequency, z = frequency[order], z[order]
    used = _in_range(frequency, settings, notes)
    if used.sum() < _FEWEST:
        what = f"{int(used.sum())} points are too few for a circuit"
        raise Refused(what, measurement.where, f"at least {_FEWEST} are needed")
    z, test = _turned(frequency, z, used, notes)
    wild = _marked(frequency, z, used)
    size = _sizes(frequency, z, used, wild, settings)
    own = not np.array_equal(size, np.abs(z))
    test = kramers_kronig(frequency, z, used, size=size) if own else test
    if settings.outliers == "drop" and not _violated(test):
        wild = far_off(frequency, z, used, wild, (size, test.terms)) if own else wild
        notes += _outlier_notes(frequency, wild)
        used = used & ~wild
        test = kramers_kronig(frequency, z, used, size=size) if wild.any() else test
    weights = _sigma_weights(measurement, order) if settings.weighting == "sigma" else 1 / size
    notes += _noise_notes(z, size, test) if own and settings.weighting == "auto" else []
    return Spectrum(frequency, z, np.where(used, weights, 0.0), test, (*notes, *_consistency_notes(z, used, test)))


def _turned(frequency: Reals, z: Complexes, used: Marks, notes: list[Note]) -> tuple[Complexes, KramersKronig]:
    """The spectrum with the sign of Z'' that obeys the Kramers-Kronig relations, and its test.

    The sign is turned where most points are inductive, a Kramers-Kronig model leaves five times less of the turned data
    than of those given, and only those given violate the relations.
    """
    test = kramers_kronig(frequency, z, used)
    if 2 * int((z.imag[used] > 0).sum()) <= int(used.sum()) or not _violated(test):
        return z, test
    turned = kramers_kronig(frequency, z.conj(), used)
    if _violated(turned) or turned.noise > _TURNED * test.noise:
        return z, test
    what = f"they leave {100 * test.noise:.2g} % of |Z| as given and {100 * turned.noise:.2g} % turned"
    text = f"the sign of Z'' was turned: real and imaginary part obey the Kramers-Kronig relations only so ({what})"
    notes.append(Note("correction", "sign_turned", text))
    return z.conj(), turned


def _in_range(frequency: Reals, settings: Settings, notes: list[Note]) -> Marks:
    low = settings.lowest_frequency_hertz or 0.0
    high = settings.highest_frequency_hertz or np.inf
    used = (frequency >= low * (1 - 1e-9)) & (frequency <= high * (1 + 1e-9))
    if not used.all():
        text = f"{int((~used).sum())} of {len(used)} points are outside the frequency range that was set"
        notes.append(Note("info", "range_cut", text))
    return used


def _marked(frequency: Reals, z: Complexes, used: Marks) -> Marks:
    wild = np.zeros(len(used), dtype=bool)
    wild[used] = outliers(frequency[used], z[used])
    return wild


def _sizes(frequency: Reals, z: Complexes, used: Marks, wild: Marks, settings: Settings) -> Reals:
    """What the noise is proportional to: |Z|, one size in ohm, or both together, as set or as the residuals say."""
    if settings.weighting == "unit":
        return np.full(len(z), float(np.median(np.abs(z))))
    return noise_sizes(frequency, z, used, wild) if settings.weighting == "auto" else np.abs(z)


def _outlier_notes(frequency: Reals, wild: Marks) -> list[Note]:
    if not wild.any():
        return []
    places = ", ".join(f"{f:.4g} Hz" for f in frequency[wild])
    text = f"outliers that no Kramers-Kronig model can follow were left out: {places}"
    return [Note("correction", "outliers_dropped", text)]


def _violated(test: KramersKronig) -> bool:
    return test.p_value < _SURE and test.violation > _SEEN


def _sigma_weights(measurement: Measurement, order: NDArray[np.int64]) -> Reals:
    sigma = np.asarray(measurement["impedance_std_ohm"], dtype=float)[order]
    if not (sigma > 0).all():
        raise InputError("impedance_std_ohm must be positive", measurement.where, 'set weighting = "modulus" instead')
    return np.asarray(1 / sigma)


def _noise_notes(z: Complexes, size: Reals, test: KramersKronig) -> list[Note]:
    """Says that the noise is of one size in ohm, or has a part of one size, and that points are weighted by it."""
    if is_of_one_size(size):
        noise = test.noise * float(size[0])
        text = f"the noise is of one size, {noise:.2g} ohm, not proportional to |Z|: all points have the same weight"
        return [Note("info", "constant_noise", text)]
    ohm, relative = parts(size, np.abs(z), test.noise)
    text = f"the noise is {ohm:.2g} ohm and {100 * relative:.2g} % of |Z| together: points are weighted by both"
    return [Note("info", "noise_structure", text)]


def _consistency_notes(z: Complexes, used: Marks, test: KramersKronig) -> list[Note]:
    notes = []
    if _violated(test):
        share = 100 * test.violation
        what = f"real and imaginary part violate the Kramers-Kronig relations by {share:.2g} % of |Z|, beyond the noise"
        text = f"{what}: the cell may have drifted during the sweep"
        notes.append(Note("doubt", "kramers_kronig", text))
    if (z.real[used] < 0).any():
        notes.append(Note("doubt", "negative_real_part", f"Re Z is negative at {int((z.real[used] < 0).sum())} points"))
    return notes
