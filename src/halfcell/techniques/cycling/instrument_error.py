"""What the instrument's limits of error leave open: of charges, efficiencies, retention, energies and mean voltages.

The limits are those of its data sheet. Within them an error is taken as equally likely: its standard uncertainty is the
limit over the root of three (JCGM 100:2008, 4.3.7). The error of the gain may differ between charging and discharging,
which have separate circuits; the offset is one for both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Note

if TYPE_CHECKING:
    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

_LIMIT = math.sqrt(3.0)


@dataclass(frozen=True, kw_only=True)
class InstrumentError:
    """Standard uncertainties of the current's gain (a fraction) and offset (A), and of the voltage (V; None: unset)."""

    gain: float
    offset_a: float
    voltage_v: float | None = None

    def charge_ah(self, half: Half) -> float:
        """The standard uncertainty of a charge (Ah): gain, offset over its duration, what the records leave open."""
        return math.hypot(half.charge_std_ah, self.gain * half.charge_ah, self._drift(half))

    def _drift(self, half: Half) -> float:
        return self.offset_a * half.duration_s / 3600.0

    def ratio(self, out: Half, put: Half) -> float:
        """The relative standard uncertainty of the charge out over the charge in.

        The offset adds to the one and is missing in the other, so that its parts add up.
        """
        offset = self._drift(out) / out.charge_ah + self._drift(put) / put.charge_ah
        records = math.hypot(out.charge_std_ah / out.charge_ah, put.charge_std_ah / put.charge_ah)
        return math.hypot(records, math.sqrt(2.0) * self.gain, offset)

    def same_way(self, one: Half, two: Half) -> float:
        """The relative standard uncertainty of the ratio of two charges of one direction: their gain is the same."""
        offset = abs(self._drift(one) / one.charge_ah - self._drift(two) / two.charge_ah)
        return math.hypot(one.charge_std_ah / one.charge_ah, two.charge_std_ah / two.charge_ah, offset)

    def energy(self, half: Half) -> float | None:
        """The relative standard uncertainty of an energy; None where the voltage's is not known."""
        if self.voltage_v is None or half.mean_voltage == 0:
            return None
        return math.hypot(self.charge_ah(half) / half.charge_ah, self.voltage_v / half.mean_voltage)


def instrument_error(settings: Settings) -> InstrumentError | None:
    """The instrument's errors; None unless accuracy and offset of its current are both set."""
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
