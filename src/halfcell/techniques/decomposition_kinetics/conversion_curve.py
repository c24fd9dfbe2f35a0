"""One run as a curve of conversion: its heating rate, the peak of the step, conversion and speed over temperature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.maths import thermogram
from halfcell.techniques import thermogravimetry
from halfcell.techniques.thermogravimetry.analysed_heating import analysed_heating, records_of
from halfcell.techniques.thermogravimetry.mass_steps import mass_steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.decomposition_kinetics.settings import Settings

    Array = NDArray[np.float64]

_ZERO_CELSIUS = 273.15  # K at 0 degC, exact by definition


@dataclass(frozen=True, kw_only=True, eq=False)
class ConversionCurve:
    """Heating rate (K/min), peak (K), and over temperature (K) the conversion and its rate (1/K)."""

    rate: float
    peak: float
    temperature: Array
    conversion: Array
    slope: Array

    def at(self, conversion: float) -> float:
        """Temperature (K) at which a conversion is reached."""
        rising = np.maximum.accumulate(self.conversion)
        return float(np.interp(conversion, rising, self.temperature))

    def speed_at(self, temperature: float) -> float:
        """Speed (1/min) at a temperature (K)."""
        return self.rate * float(np.interp(temperature, self.temperature, self.slope))


def conversion_curve(measurement: Measurement, settings: Settings) -> ConversionCurve:
    """The conversion of the step that is set.

    Parameters
    ----------
    measurement
        Time (s), temperature (degC) and mass (mg) of a run, shape (n,).
    settings
        Which step of loss, and the smoothing (degC).

    Returns
    -------
    ConversionCurve
        The conversion (m_0 - m)/(m_0 - m_end) over temperature (K), its slope (1/K), and the heating rate (K/min).

    Raises
    ------
    InputError
        If there is no heating in the run.
    Refused
        If the run has no such step of loss.

    Source: S. Vyazovkin et al., Thermochim. Acta 520 (2011) 1.
    """
    own = thermogravimetry.Settings(smoothing_degc=settings.smoothing_degc)
    heating = analysed_heating(measurement, own)
    made = thermogram.curve(heating.temperature, heating.percent, settings.smoothing_degc)
    losses = [step for step in mass_steps(made, own) if step.loss > 0 and step.has_peak]
    if not 1 <= settings.step <= len(losses):
        raise Refused(
            f"the run has {len(losses)} steps of loss, no step {settings.step}", measurement.where, "set step"
        )
    step = losses[settings.step - 1]
    inside = (made.temperature >= step.lower) & (made.temperature <= step.upper)
    chosen = records_of(heating.program.heating)
    temperature, time = measurement["temperature_degc"][chosen], measurement["test_time_second"][chosen]
    near = (temperature >= step.start) & (temperature <= step.stop)
    rate = float(np.polyfit(time[near] / 60.0, temperature[near], 1)[0])
    return ConversionCurve(
        rate=rate,
        peak=step.peak + _ZERO_CELSIUS,
        temperature=made.temperature[inside] + _ZERO_CELSIUS,
        conversion=(step.mass_before - made.mass[inside]) / step.loss,
        slope=made.rate[inside] / step.loss,
    )
