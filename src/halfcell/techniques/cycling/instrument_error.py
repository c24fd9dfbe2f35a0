"""What the instrument's limits of error leave open: of charges, efficiencies, retention, energies and mean voltages.

The limits are those of its data sheet. Within them an error is taken as equally likely: its standard uncertainty is the
limit over the root of three (JCGM 100:2008, 4.3.7). The error of the gain may differ between charging and discharging,
which have separate circuits; the offset is one for both.

Where one limit dominates, only 58 % of values lie within this standard uncertainty, as the error is not normally
distributed. `joined` therefore widens what it joins by up to a tenth, after the expansion of Cornish and Fisher: the
half-width of an interval of 68 % is ``(1 - k/12) s``, with ``k`` the excess kurtosis, -1.2 for a uniform distribution
(M. G. Kendall, A. Stuart, The Advanced Theory of Statistics, vol. 1 (1977), section 6.25). Quantities with no other
error say so: the kind of their uncertainty is "limits of error", and twice of it is a bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

_LIMIT = math.sqrt(3.0)
_UNIFORM = 1.2  # minus the excess kurtosis of a uniform distribution


def joined(normal: float, *uniform: float) -> float:
    """The half-width of an interval of 68 % of a sum: of standard uncertainties that are normal, and of uniform ones.

    ``s (1 + 0.1 sum(u_i^4) / s^4)`` with ``s^2`` the sum of all squares: 1.1 times that of a single uniform error, of
    which it holds 64 %, 1.05 times that of two equal ones, and that of normal errors itself.

    Parameters
    ----------
    normal, uniform
        Standard uncertainties, in one unit.

    Returns
    -------
    float
        In this unit.

    Source: procedure of this package; JCGM 100:2008 (GUM), 4.3.7, for uniform errors.
    """
    square = normal**2 + sum(u**2 for u in uniform)
    if square == 0:
        return 0.0
    return math.sqrt(square) * (1.0 + _UNIFORM / 12.0 * sum(u**4 for u in uniform) / square**2)


@dataclass(frozen=True, kw_only=True)
class InstrumentError:
    """Standard uncertainties of the current's gain (a fraction) and offset (A), and of the voltage (V; None: unset)."""

    gain: float
    offset_a: float
    voltage_v: float | None = None

    def charge_ah(self, half: Half) -> float:
        """The standard uncertainty of a charge (Ah): gain, offset over its duration, what the records leave open."""
        return joined(half.charge_std_ah, self.gain * half.charge_ah, self._drift(half))

    def _drift(self, half: Half) -> float:
        return self.offset_a * half.duration_s / 3600.0

    def ratio(self, out: Half, put: Half) -> float:
        """The relative standard uncertainty of the charge out over the charge in.

        The offset adds to the one and is missing in the other, so that its parts add up.
        """
        offset = self._drift(out) / out.charge_ah + self._drift(put) / put.charge_ah
        records = math.hypot(out.charge_std_ah / out.charge_ah, put.charge_std_ah / put.charge_ah)
        return joined(records, self.gain, self.gain, offset)

    def same_way(self, one: Half, two: Half) -> float:
        """The relative standard uncertainty of the ratio of two charges of one direction: their gain is the same."""
        offset = abs(self._drift(one) / one.charge_ah - self._drift(two) / two.charge_ah)
        return joined(math.hypot(one.charge_std_ah / one.charge_ah, two.charge_std_ah / two.charge_ah), offset)

    def difference_ah(self, pairs: Sequence[tuple[Half, Half]]) -> float:
        """The uncertainty (Ah) of the charge that went in less what came out, over pairs of half cycles."""
        put = self.gain * sum(put.net_ah for _, put in pairs)
        out = self.gain * sum(out.net_ah for out, _ in pairs)
        return joined(0.0, put, out, sum(self._drift(half) for pair in pairs for half in pair))

    def share(self, out: Sequence[Half], put: Sequence[Half]) -> float:
        """The relative uncertainty of all charge out over all charge in."""
        whole = sum(half.charge_ah for half in put), sum(half.charge_ah for half in out)
        drifts = (sum(self._drift(half) for half in halves) for halves in (put, out))
        return joined(0.0, self.gain, self.gain, sum(d / q for d, q in zip(drifts, whole, strict=True)))

    @property
    def mean_voltage_v(self) -> float | None:
        """The uncertainty (V) of a mean voltage; that of the current is the same in energy and charge."""
        return None if self.voltage_v is None else joined(0.0, self.voltage_v)

    def energy(self, half: Half) -> float | None:
        """The relative standard uncertainty of an energy; None where the voltage's is not known."""
        if self.voltage_v is None or half.mean_voltage == 0:
            return None
        current = self.gain, self._drift(half) / half.charge_ah
        return joined(half.charge_std_ah / half.charge_ah, *current, self.voltage_v / half.mean_voltage)


def instrument_error(settings: Settings) -> InstrumentError | None:
    """The instrument's errors; None unless accuracy and offset of its current are both set.

    Parameters
    ----------
    settings
        Limits of error: of the current a percentage and an offset (A), of the voltage (V).

    Returns
    -------
    InstrumentError or None
        Standard uncertainties: the limits over sqrt 3.

    Source: JCGM 100:2008 (GUM), 4.3.7: a limit of error is a uniform distribution.
    """
    accuracy, offset, voltage = (
        settings.current_accuracy_percent,
        settings.current_offset_a,
        settings.voltage_accuracy_volt,
    )
    if accuracy is None or offset is None:
        return None
    volts = None if voltage is None else abs(voltage) / _LIMIT
    return InstrumentError(gain=abs(accuracy) / 100.0 / _LIMIT, offset_a=abs(offset) / _LIMIT, voltage_v=volts)


def error_notes(settings: Settings) -> tuple[Note, ...]:
    """What the printed uncertainties of charges hold, and what they do not."""
    if instrument_error(settings) is None:
        text = (
            "no uncertainty of charges and efficiencies: the limits of error of the current are not known "
            "(current_accuracy_percent, current_offset_a; of the voltage: voltage_accuracy_volt)"
        )
        return (Note("info", "instrument_error_unknown", text),)
    text = (
        f"uncertainties hold the limits of error of the current ({settings.current_accuracy_percent:g} %, "
        f"{settings.current_offset_a:g} A) and what the records leave open; not the spread of cells and temperatures"
    )
    return (Note("info", "instrument_error_known", text),)
