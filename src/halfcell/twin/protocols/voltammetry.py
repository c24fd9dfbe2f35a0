"""Cyclic voltammetry of one electrode against lithium: current over potential, peaks, and the raw file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Line, Panel, Span
from halfcell.core.measurement import Measurement
from halfcell.core.settings import CheckedSettings
from halfcell.twin.card_half_cell import HalfCell, Part, half_cell_of, left_out, little_used
from halfcell.twin.electrode import at_volt
from halfcell.twin.predict import doubts_of
from halfcell.twin.protocols.drawing import figure
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value
from halfcell.twin.protocols.sei import sei_formed
from halfcell.twin.steps import current_of, hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card
    from halfcell.twin.electrode import Electrode, State

    Floats = NDArray[np.float64]

LEAST = 0.03  # of the largest current of a sweep: how far a peak rises above the valleys beside it
STEEP = 0.01  # of the largest current, from one record to the next: beyond it the next one is computed in parts
FINER = 4  # parts of such a step; chosen
EDGE = 3  # records at the ends of a sweep, where the current turns
MOST_DROP = 0.02  # V over the series resistance beyond which the peaks are those of the cell, not of the material


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `voltammetry`.

    Parameters
    ----------
    electrode
        Which electrode of the card stands against lithium.
    scan_rate_mv_s, cycles, step_mv
        Scan rate, number of cycles, and distance of the records.
    lower_volt, upper_volt
        The sweep goes to the one and back to the other; a cathode starts with the upper one.
    first_is_crystalline
        Whether the first lithiation of an anode is that of a crystalline host.
    sei_mah_per_g
        Charge per gram of active material that the first sweep of an anode loses to the SEI.
    resistance_ohm
        Series resistance; that of the card where none is given.
    """

    electrode: Part = "anode"
    scan_rate_mv_s: float = 0.1
    cycles: int = 2
    step_mv: float = 2.0
    lower_volt: float = 0.01
    upper_volt: float = 2.0
    first_is_crystalline: bool = True
    sei_mah_per_g: float = 0.0
    resistance_ohm: float | None = None

    def __post_init__(self) -> None:
        """Refuse what no potentiostat does."""
        super().__post_init__()
        if min(self.scan_rate_mv_s, self.step_mv) <= 0 or self.cycles < 1 or self.sei_mah_per_g < 0:
            raise InputError("scan rate, step and number of cycles must be above 0", "voltammetry")
        if self.upper_volt - self.lower_volt < 4 * self.step_mv * 1e-3:
            raise InputError("the upper potential must be above the lower one, by several steps", "voltammetry")
        if (self.resistance_ohm or 0.0) < 0:
            raise InputError("the series resistance is negative", "voltammetry")


class Sweep(NamedTuple):
    """One sweep: its cycle, potential (V) and current (mA, above 0 while lithium goes out)."""

    cycle: int
    volt: Floats
    current: Floats


def run(card: Card, settings: Settings) -> Outcome:
    """Sweep the potential of one electrode of the card."""
    half = half_cell_of(card, settings.electrode)
    ohm = half.ohm if settings.resistance_ohm is None else settings.resistance_ohm
    farad = card.value(f"{settings.electrode}.double_layer_f_per_g", 0.0) * half.gram
    sweeps = swept(replace(half, ohm=ohm), settings, farad)
    return Outcome(
        title=f"{card.title}: voltammetry of the {settings.electrode} at {settings.scan_rate_mv_s:g} mV/s",
        rows=tuple(row for number, sweep in enumerate(sweeps) for row in _rows(number, sweep, half.gram)),
        figure=_figure(sweeps, half.gram),
        measurement=_measurement(sweeps, settings, card.title),
        doubts=(
            *doubts_of(card),
            *little_used(card, settings.electrode, _passed(sweeps[-1], settings) / half.gram),
            *_doubts(sweeps, ohm, settings),
            *left_out(half),
        ),
    )


def swept(half: HalfCell, s: Settings, farad: float = 0.0) -> tuple[Sweep, ...]:
    """All sweeps of a half cell, one after another; `farad` is its double layer."""
    down = s.electrode == "anode"
    ends = (s.lower_volt, s.upper_volt) if down else (s.upper_volt, s.lower_volt)
    corners = [ends[1], *[volt for _ in range(s.cycles) for volt in ends]]
    fresh = down and s.first_is_crystalline
    electrode = half.fresh if fresh else half.electrode
    state = at_volt(electrode, np.array([corners[0]]), 0 if fresh or not down else 1)
    found = []
    for number, (begin, end) in enumerate(pairwise(corners)):
        count = max(round(abs(end - begin) / s.step_mv * 1e3), 4)
        volts = np.linspace(begin, end, count + 1)[1:]
        hours = abs(end - begin) / count / (s.scan_rate_mv_s * 1e-3) / 3600
        current, state = _one(electrode, state, begin, volts, (hours, half.ohm))
        current += np.sign(end - begin) * farad * s.scan_rate_mv_s
        if number == 0 and down and s.sei_mah_per_g:
            current -= s.sei_mah_per_g * half.gram * _formed(begin, volts) / hours
        found.append(Sweep(number // 2 + 1, volts, current))
        if number:
            electrode = half.electrode  # both have the same branch of delithiation, on which it is now
    return tuple(found)


def _one(
    electrode: Electrode, state: State, begin: float, volts: Floats, step: tuple[float, float]
) -> tuple[Floats, State]:
    """Current (mA, above 0 while lithium goes out) of one sweep, and the state after it; step: hours and ohm.

    Where the current changes quickly, records are computed in parts, and are their means.
    """
    ohm = np.array([step[1] * 1e-3])
    current, before, largest = np.empty(len(volts)), float(begin), 0.0
    parts = 1
    for k, volt in enumerate(volts):
        total = 0.0
        for share in range(1, parts + 1):
            here = np.array([before + (volt - before) * share / parts])
            state = hold(electrode, state, here, np.array([step[0] / parts]), ohm)
            total -= float(current_of(electrode, state)[0])
        current[k] = total / parts
        largest = max(largest, abs(current[k]))
        change = abs(current[k] - current[k - 1]) if k else largest
        parts, before = FINER if change > STEEP * largest else 1, float(volt)
    return current, state


def _formed(begin: float, volts: Floats) -> Floats:
    """Share of the SEI that forms in each step of the first sweep."""
    share: Floats = np.diff(sei_formed(np.concatenate([[begin], volts])))
    return share


def peaks(sweep: Sweep) -> tuple[tuple[float, float], ...]:
    """Potential (V) and current (mA) of the peaks of a sweep, the largest first."""
    rising = sweep.volt[-1] > sweep.volt[0]
    height = sweep.current if rising else -sweep.current
    places = [k for k in range(EDGE, len(height) - EDGE) if height[k - 1] < height[k] >= height[k + 1]]
    kept = [k for k in places if _prominence(height, k) > LEAST * height.max() and height[k] > 0]
    found = sorted((_top(sweep.volt, height, k) for k in kept), key=lambda peak: -peak[1])
    return tuple((volt, high if rising else -high) for volt, high in found)


def _prominence(height: Floats, k: int) -> float:
    """By how much a maximum rises above the higher of the lowest points that part it from higher ground."""
    sides = []
    for side in (height[k::-1], height[k:]):
        higher = np.flatnonzero(side > height[k])
        sides.append(side[: higher[0] + 1].min() if len(higher) else side.min())
    return float(height[k] - max(sides))


def _top(volt: Floats, height: Floats, k: int) -> tuple[float, float]:
    """The top of the parabola through a maximum and its neighbours."""
    before, here, after = (float(value) for value in height[k - 1 : k + 2])
    bend = before - 2 * here + after
    shift = 0.5 * (before - after) / bend if bend else 0.0
    return float(volt[k] + shift * (volt[k + 1] - volt[k])), here - 0.25 * (before - after) * shift


def _rows(number: int, sweep: Sweep, gram: float) -> list[dict[str, Value]]:
    return [
        {
            "cycle": Value(sweep.cycle, "", 0),
            "sweep": Value(number + 1, "", 0),
            "peak": Value(volt, "V", 3),
            "current": Value(current / gram, "mA/g"),
        }
        for volt, current in peaks(sweep)
    ]


def _passed(sweep: Sweep, s: Settings) -> float:
    """Charge (mAh) of a sweep."""
    return abs(float(np.trapezoid(sweep.current, sweep.volt))) / (s.scan_rate_mv_s * 3.6)


def _doubts(sweeps: Sequence[Sweep], ohm: float, s: Settings) -> list[str]:
    largest = max(float(np.abs(sweep.current).max()) for sweep in sweeps)
    found = []
    if largest * ohm * 1e-3 > MOST_DROP:
        found.append(
            f"up to {largest * ohm:.0f} mV drop over the series resistance: the peaks move with resistance and mass, "
            "so that only their order and shape can be compared with another cell"
        )
    if s.electrode == "anode" and not s.sei_mah_per_g:
        found.append("no charge is lost to the SEI: give sei_mah_per_g to see it in the first sweep")
    return found


def _measurement(sweeps: Sequence[Sweep], s: Settings, title: str) -> Measurement:
    volts = np.concatenate([sweep.volt for sweep in sweeps])
    step = np.abs(np.diff(volts, prepend=volts[0])) / (s.scan_rate_mv_s * 1e-3)
    step[0] = abs(sweeps[0].volt[1] - sweeps[0].volt[0]) / (s.scan_rate_mv_s * 1e-3)
    columns = {
        "test_time_second": np.cumsum(step),
        "voltage_volt": volts,
        "current_ampere": np.concatenate([sweep.current for sweep in sweeps]) * 1e-3,
        "cycle_count": np.concatenate([np.full(len(sweep.volt), float(sweep.cycle)) for sweep in sweeps]),
    }
    meta = {"simulated": True, "protocol": "Cyclic Voltammetry", "title": title}
    return Measurement(technique="voltammetry", columns=columns, meta=meta)


def _figure(sweeps: Sequence[Sweep], gram: float) -> Figure:
    lines = []
    for cycle in sorted({sweep.cycle for sweep in sweeps}):
        own = [sweep for sweep in sweeps if sweep.cycle == cycle]
        x, y = (np.concatenate([getattr(one, name) for one in own]) for name in ("volt", "current"))
        lines.append(Line(x=x, y=y / gram, label=f"cycle {cycle}", colour=cycle - 1))
    panel = Panel(
        x=Axis(label="Potential", unit="V vs. Li^{+}/Li"),
        y=Axis(label="Current", unit="mA g^{-1}"),
        layers=(Span(start=0.0, stop=0.0, axis="y", dash="dot"), *lines),
    )
    return figure(panel)


PROTOCOL = Protocol(
    name="voltammetry", summary="cyclic voltammetry of one electrode against lithium", settings=Settings, run=run
)
