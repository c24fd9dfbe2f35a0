"""The temperature program of a run: which heating is analysed, in which gas, and the burn-off that follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.maths import thermogram
from halfcell.maths.thermogram import Segment
from halfcell.techniques.common.measurement_checks import sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Array = NDArray[np.float64]

_FEWEST = 20  # records, chosen: fewer show no programme of temperatures
_SHORTEST_HOLD = 60.0  # s, chosen: a shorter one is the end of a ramp
_OXIDISING = re.compile(r"(?<![a-z\d])(?:oxygen|o2|air|luft|sauerstoff|aire|ox[iy]g[eè]ne)(?![a-z\d])")
_WITHOUT = re.compile(r"(?:oxygen|o2|air)[\s-]*(?:free|less)|(?:no|without) (?:oxygen|o2|air)")
_WIDE = 50.0  # degC: a heating by less is the drying


@dataclass(frozen=True, kw_only=True)
class GasSwitch:
    """A gas, and the record from which it flows."""

    record: int
    gas: str


@dataclass(frozen=True, kw_only=True)
class Program:
    """The analysed heating, the hold at its end, the burn-off (later, in oxygen or air), gas, gas switches.

    `hold` are the records at constant temperature right after the heating, up to a change of the gas; None: there are
    none, or they take less than a minute. `burn_off` is a heating, or else a stretch at constant temperature.
    """

    heating: Segment
    hold: Segment | None = None
    burn_off: Segment | None
    gas: str
    switches: tuple[GasSwitch, ...]

    @property
    def is_oxidising(self) -> bool:
        """Whether the gas of the analysed heating is known to oxidise."""
        return _oxidising(self.gas)


def program(measurement: Measurement) -> Program:
    """Find the analysed heating: the one over the widest range of temperature before an oxidising gas comes on.

    Parameters
    ----------
    measurement
        Time (s), temperature (degC) and mass (mg), shape (n,); stages and gases where the file has them.

    Returns
    -------
    Program
        The records of the heating, of the hold and of the burn-off, and the gas.

    Raises
    ------
    InputError
        If the run has no heating by more than 50 degC, or fewer than 20 records.

    Source: procedure of this package.
    """
    sound(measurement, "test_time_second", "temperature_degc", "mass_milligram")
    if len(measurement["test_time_second"]) < _FEWEST:
        raise InputError(f"{len(measurement)} records, at least {_FEWEST} are needed", measurement.where)
    stage = measurement.columns.get("stage_count")
    time, temperature = measurement["test_time_second"], measurement["temperature_degc"]
    segments = _segments(time, temperature, stage)
    heatings = [s for s in segments if s.kind == "heating"]
    switches = _switches(measurement, stage)
    inert = [s for s in heatings if not _oxidising(_gas_at(switches, s.first))] or heatings
    wide = [s for s in inert if temperature[s.last] - temperature[s.first] > _WIDE]
    if not wide:
        raise InputError("the run has no heating by more than 50 degC", measurement.where)
    first = max(wide, key=lambda s: float(temperature[s.last] - temperature[s.first]))
    gas = _gas_at(switches, first.first)
    burn = None if _oxidising(gas) else _burn_off(segments, switches, first.last)
    return Program(
        heating=first, hold=_hold(measurement, segments, first, switches), burn_off=burn, gas=gas, switches=switches
    )


def _burn_off(segments: Sequence[Segment], switches: Sequence[GasSwitch], after: int) -> Segment | None:
    """The first heating in an oxidising gas after a record; without one, the first stretch at constant temperature."""
    later = [s for s in segments if s.first > after and _oxidising(_gas_at(switches, s.first))]
    heatings, holds = ([s for s in later if s.kind == kind] for kind in ("heating", "isothermal"))
    return next(iter([*heatings, *holds]), None)


def _hold(
    measurement: Measurement, segments: Sequence[Segment], heating: Segment, switches: Sequence[GasSwitch]
) -> Segment | None:
    """The records at constant temperature that follow the heating, in its gas, for a minute or longer."""
    place = segments.index(heating) + 1
    if place >= len(segments) or segments[place].kind != "isothermal" or segments[place].first != heating.last + 1:
        return None
    after = segments[place]
    gas = _gas_at(switches, heating.last)
    changes = [s.record for s in switches if after.first <= s.record <= after.last and s.gas != gas]
    last = min([after.last, *(record - 1 for record in changes)])
    time = measurement["test_time_second"]
    if last <= after.first or time[last] - time[after.first] < _SHORTEST_HOLD:
        return None
    return Segment(first=after.first, last=last, kind="isothermal")


def _segments(time: Array, temperature: Array, stage: Array | None) -> tuple[Segment, ...]:
    """By the instrument's stages; where one of them holds several stretches (TA's marks), by the temperature.

    Where the time goes backwards (a clock that was set), the records themselves are counted.
    """
    time = time if bool(np.all(np.diff(time) >= 0)) else np.arange(float(len(time)))
    by_stage = thermogram.segments(time, temperature, stage)
    if stage is not None and not any(s.kind == "heating" for s in by_stage):
        return thermogram.segments(time, temperature, None)
    return by_stage


def _switches(measurement: Measurement, stage: Array | None) -> tuple[GasSwitch, ...]:
    found = []
    for number, gas in measurement.meta.get("gases", []):
        at = 0 if stage is None else int(np.argmax(stage >= number))
        if stage is None and number > 1:
            continue
        found.append(GasSwitch(record=at, gas=str(gas)))
    return tuple(found)


def _gas_at(switches: Sequence[GasSwitch], index: int) -> str:
    flowing = [switch.gas for switch in switches if switch.record <= index]
    return flowing[-1] if flowing else ""


def _oxidising(gas: str) -> bool:
    """Whether words name a gas with oxygen in it: ``Synthetic air``, ``N2/O2 80/20``; not ``CO2``, ``O2-free N2``."""
    words = gas.lower().replace("₂", "2")
    return _OXIDISING.search(_WITHOUT.sub("", words)) is not None
