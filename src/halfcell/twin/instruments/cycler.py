"""A battery cycler: when it writes a record, what its channel misreads, and what its counter adds up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.instruments.readings import Channel, drift, range_of, stepped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Floats = NDArray[np.float64]

FINER = 16  # points of the smooth course between two computed ones
PER_PIECE = ("cycle_count", "step_id", "step_type_code")


@dataclass(frozen=True, kw_only=True)
class Cycler:
    """A cycler and one of its channels.

    Each error of a channel is drawn once per test from a normal distribution with the standard deviation given here.
    The defaults are those of common 5 V research cyclers, which state 0.02 to 0.1 % of the range for both readings.

    Parameters
    ----------
    every_second, every_volt
        A record is written after this time, and after a change of the voltage by this much.
    volt_gain, volt_offset, volt_drift, volt_noise, volt_step
        Voltage: relative error, offset (V), slow drift (V), noise of a reading (V), resolution (V).
    current_gain, current_offset, current_noise, current_step
        Current: relative error; the others as shares of the range.
    range_ampere
        Range; the power of ten (A) above the largest current where it is 0.
    gains_apart
        Whether the relative errors of charging and discharging currents are drawn apart, as of two circuits.
    """

    every_second: float = 120.0
    every_volt: float = 0.005
    volt_gain: float = 1e-4
    volt_offset: float = 5e-4
    volt_drift: float = 1e-4
    volt_noise: float = 1e-4
    volt_step: float = 1e-5
    current_gain: float = 5e-4
    current_offset: float = 5e-5
    current_noise: float = 5e-5
    current_step: float = 1e-6
    range_ampere: float = 0.0
    gains_apart: bool = False

    def __post_init__(self) -> None:
        """Refuse what no cycler is."""
        if min(self.every_second, self.every_volt) <= 0:
            raise InputError("the spacing of records must be above 0", "cycler")
        if min(vars(self).values()) < 0:
            raise InputError("an error, a resolution or a range of a cycler is below 0", "cycler")

    def record(self, measurement: Measurement, rng: Generator) -> Measurement:
        """The records of a test; the counter adds up the current as it is read, and rests at open circuit."""
        columns = self._records(measurement)
        time, true = columns["test_time_second"], columns["current_ampere"]
        whole = self.range_ampere or range_of(true)
        volt = Channel.drawn(rng, self.volt_gain, self.volt_offset)
        current = Channel.drawn(rng, self.current_gain, self.current_offset * whole)
        flows = true != 0
        factor = np.full(len(true), current.factor)
        if self.gains_apart:
            factor[true < 0] = Channel.drawn(rng, self.current_gain, 0.0).factor
        seen = np.where(flows, factor * true + current.offset, 0.0)
        noise = self.current_noise * whole * rng.standard_normal(len(true))
        read = np.where(flows, stepped(seen + noise, self.current_step * whole), 0.0)
        wander = drift(time, self.volt_drift, rng) + self.volt_noise * rng.standard_normal(len(time))
        return replace(
            measurement,
            columns=columns
            | {
                "voltage_volt": stepped(volt.reading(columns["voltage_volt"]) + wander, self.volt_step),
                "current_ampere": read,
                "net_capacity_ah": _counted(columns, factor, current.offset, flows),
            },
        )

    def _records(self, measurement: Measurement) -> dict[str, Floats]:
        """The true course at the times of the records."""
        parts = [self._piece(piece) for piece in _pieces(measurement)]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def _piece(self, piece: dict[str, Floats]) -> dict[str, Floats]:
        """A smooth course through the computed points of one piece, at its records: the first, the last, those due."""
        from scipy.interpolate import PchipInterpolator

        time = piece["test_time_second"]
        smooth = [name for name in piece if name not in PER_PIECE and name != "test_time_second"]
        course = PchipInterpolator(time, np.stack([piece[name] for name in smooth], axis=1))
        fine = np.interp(np.arange((len(time) - 1) * FINER + 1) / FINER, np.arange(len(time)), time)
        volt = course(fine)[:, smooth.index("voltage_volt")]
        due = np.diff(fine) / self.every_second, np.abs(np.diff(volt)) / self.every_volt
        passed = np.concatenate([[0.0], np.cumsum(np.maximum(*due))])
        at = np.interp(np.arange(np.ceil(passed[-1])), passed, fine)
        if len(at) > 1 and fine[-1] - at[-1] < (at[-1] - at[-2]) / 2:
            at = at[:-1]
        at = np.append(at, fine[-1])
        values = course(at)
        found = {"test_time_second": at} | {name: values[:, k] for k, name in enumerate(smooth)}
        return found | {name: np.full(len(at), piece[name][0]) for name in PER_PIECE if name in piece}


def _pieces(measurement: Measurement) -> Iterator[dict[str, Floats]]:
    """The steps of a test one after another: by their ids, or where the current or the cycle changes."""
    columns = measurement.columns
    marks = [columns[name] for name in PER_PIECE if name in columns] + [np.sign(columns["current_ampere"])]
    changed = np.any([np.diff(mark) != 0 for mark in (marks[:-1] if "step_id" in columns else marks)], axis=0)
    for rows in np.split(np.arange(len(changed) + 1), np.flatnonzero(changed) + 1):
        if len(rows) > 1:
            yield {name: values[rows] for name, values in columns.items()}


def _counted(columns: dict[str, Floats], factor: Floats, offset: float, flows: NDArray[np.bool_]) -> Floats:
    """The counter of charge (Ah): the true charge by the factor, and the offset (A) while a current flows."""
    time, true = columns["test_time_second"], columns["net_capacity_ah"]
    live = np.concatenate([[0.0], np.diff(time) * (flows[1:] & flows[:-1])])
    passed: Floats = np.cumsum(factor * np.diff(true, prepend=true[:1])) + factor[0] * true[0]
    return passed + np.cumsum(live) * offset / 3600
