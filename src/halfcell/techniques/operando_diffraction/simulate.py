"""Simulate an operando test: a line that fades at its place, a line that moves with the charge, counting noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_STARTED = 1_700_000_000.0  # s since 1970, chosen: any day will do


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Scans of a cell that is charged and discharged once.

    The first line fades linearly at `fading_degree`; the second moves by `shift_degree` and back. `height` is that of
    both (counts), `width_degree` the standard deviation of their shape, `beam_decay` what the beam loses over the test.
    """

    scans: int = 60
    scan_minutes: float = 10.0
    start_degree: float = 24.0
    stop_degree: float = 34.0
    step_degree: float = 0.02
    fading_degree: float = 28.44
    moving_degree: float = 31.0
    shift_degree: float = -0.6
    height: float = 900.0
    width_degree: float = 0.10
    background: tuple[float, float] = (120.0, -3.0)
    beam_decay: float = 0.0
    low_volt: float = 0.01
    high_volt: float = 2.0


def charge_part(parameters: Parameters) -> Array:
    """How far the cell is charged at the start of each scan: linearly from 0 to 1 and back.

    Parameters
    ----------
    parameters
        The test.

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (scans,).

    Source: definition.
    """
    return 1.0 - np.abs(1.0 - 2.0 * np.arange(parameters.scans) / (parameters.scans - 1))


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """All scans of the test as one measurement: Gaussian lines on a straight background, with Poisson noise.

    Parameters
    ----------
    parameters
        Lines, scans and beam.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        ``two_theta_degree``, ``intensity_count`` and ``scan_index``, shape (scans x angles,).

    Source: definition.
    """
    p = parameters
    angle = np.arange(p.start_degree, p.stop_degree + p.step_degree / 2, p.step_degree)
    part = charge_part(p)[:, None]
    fading = p.height * (1.0 - np.arange(p.scans)[:, None] / (p.scans - 1)) * _line(angle, p.fading_degree, p)
    moving = p.height * _line(angle, p.moving_degree + p.shift_degree * part, p)
    beam = 1.0 - p.beam_decay * np.arange(p.scans)[:, None] / p.scans
    level = p.background[0] + p.background[1] * (angle - p.start_degree)
    counts = rng.poisson(beam * (fading + moving + level)).astype(float)
    columns = {
        "two_theta_degree": np.tile(angle, p.scans),
        "intensity_count": counts.ravel(),
        "scan_index": np.repeat(np.arange(float(p.scans)), len(angle)),
    }
    started = (_STARTED + 60.0 * p.scan_minutes * np.arange(p.scans)).tolist()
    return Measurement(
        technique="diffraction", columns=columns, meta={"simulated": True, "scan_started_second": started}
    )


def _line(angle: Array, centre: float | Array, parameters: Parameters) -> Array:
    return np.asarray(np.exp(-0.5 * ((angle - centre) / parameters.width_degree) ** 2))


def voltage_record(parameters: Parameters, began_minutes: float = 0.0) -> Measurement:
    """The record of the cycler: the voltage falls and rises again.

    Parameters
    ----------
    parameters
        The test.
    began_minutes
        How long before the first scan the cycler was started.

    Returns
    -------
    Measurement
        Time (s), voltage (V), current (A) and clock (s), shape (600,).

    Source: definition.
    """
    p = parameters
    length = p.scan_minutes * (p.scans - 1) + began_minutes
    minutes = np.linspace(0.0, length, 600)
    part = 1.0 - np.abs(1.0 - 2.0 * np.clip((minutes - began_minutes) / (length - began_minutes), 0.0, 1.0))
    seconds = 60.0 * minutes
    columns = {
        "test_time_second": seconds,
        "voltage_volt": p.high_volt + (p.low_volt - p.high_volt) * part,
        "current_ampere": np.where(part < 1.0, -1e-3, 1e-3),
        "unix_time_second": _STARTED - 60.0 * began_minutes + seconds,
    }
    return Measurement(technique="cycling", columns=columns, meta={"simulated": True})
