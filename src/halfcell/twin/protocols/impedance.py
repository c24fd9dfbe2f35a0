"""Impedance of the cell or of one electrode in closed form, at states of charge, as a spectrum of an instrument."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Line, Panel
from halfcell.core.measurement import Measurement
from halfcell.core.settings import CheckedSettings
from halfcell.twin.card_half_cell import half_cell_of, left_out
from halfcell.twin.cell import charged, most_charge
from halfcell.twin.compile import compiled
from halfcell.twin.course import passed, rest
from halfcell.twin.predict import doubts_of
from halfcell.twin.protocols.drawing import figure
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value
from halfcell.twin.small_signal import Impedances, cell_impedance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card
    from halfcell.twin.cell import Cell, CellState

    Floats = NDArray[np.float64]
    Complexes = NDArray[np.complex128]

END = 0.03  # content beside 0 and 1 within which a doubt is told
SLOW_HOURS = 20.0  # of the discharge to a state
REST_HOURS = 100.0  # after it
_EMPTIEST = 95  # % discharged: beyond, tables of potentials end


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `impedance`.

    Parameters
    ----------
    part
        The whole cell, or one of its electrodes with the series resistance (three electrodes).
    discharged_percent
        States: how much of what the cell holds has been taken out, each after a slow discharge and a rest.
    highest_hertz, lowest_hertz, per_decade
        Frequencies.
    """

    part: Literal["cell", "anode", "cathode"] = "cell"
    discharged_percent: tuple[float, ...] = (20.0, 50.0, 80.0)
    highest_hertz: float = 1e5
    lowest_hertz: float = 1e-3
    per_decade: int = 10

    def __post_init__(self) -> None:
        """Refuse what no spectrum is."""
        super().__post_init__()
        if not 0 < self.lowest_hertz < self.highest_hertz or self.per_decade < 1:
            raise InputError("the lowest frequency must be above 0 and below the highest", "impedance")
        if not self.discharged_percent or not all(0 <= one <= _EMPTIEST for one in self.discharged_percent):
            raise InputError("states lie between 0 and 95 % of the capacity", "impedance")

    @property
    def hertz(self) -> Floats:
        """The frequencies, from the highest."""
        count = round(float(np.log10(self.highest_hertz / self.lowest_hertz)) * self.per_decade) + 1
        found: Floats = np.geomspace(self.highest_hertz, self.lowest_hertz, count)
        return found


def run(card: Card, settings: Settings) -> Outcome:
    """The impedance of the cell at its states."""
    states = [_state(card, percent) for percent in settings.discharged_percent]
    layers = tuple(
        card.value(f"{part}.double_layer_f_per_g", 0.0)
        * card.value(f"{part}.active_mg")
        / card.value("cathode.active_mg")
        for part in ("anode", "cathode")
    )
    parts = [cell_impedance(cell, state, settings.hertz, (layers[0], layers[1])) for cell, state in states]
    ohm = 1e3 / (card.value("cathode.active_mg") * 1e-3)
    spectra = [_chosen(one, settings.part) * ohm for one in parts]
    doubts = [*doubts_of(card), *_at_an_end(states, settings)]
    if settings.part != "cell":
        doubts += left_out(half_cell_of(card, settings.part))
    if not all(layers):
        doubts.append("no double layer is given (double_layer_f_per_g): the arcs of transfer have no frequency")
    return Outcome(
        title=f"{card.title}: impedance of the {settings.part}",
        rows=tuple(map(_row, settings.discharged_percent, states, parts, [ohm] * len(parts))),
        figure=_figure(spectra, settings),
        measurement=_measurement(spectra[0], settings, card.title),
        doubts=tuple(doubts),
    )


def _at_an_end(states: Sequence[tuple[Cell, CellState]], s: Settings) -> list[str]:
    """Doubts about states in which an electrode is nearly full or empty."""
    found = []
    for percent, (cell, state) in zip(s.discharged_percent, states, strict=True):
        for part, content in zip(("anode", "cathode"), cell.contents(state.anode, state.cathode), strict=True):
            if not END < float(content[0]) < 1 - END:
                found.append(
                    f"at {percent:g} % discharged the content of the {part} is {float(content[0]):.3f}: at the ends of "
                    "its scale the exchange rate of the model falls to nothing, that of a real material need not"
                )
    return found


def _state(card: Card, percent: float) -> tuple[Cell, CellState]:
    """The cell with a cathode of one depth, at rest at a state of charge."""
    cell = compiled([card], depths=1)
    state = charged(cell)
    if percent:
        charge = percent / 100 * float(most_charge(cell, state)[0])
        steps = 40
        for _ in range(steps):
            state = passed(cell, state, charge / SLOW_HOURS, SLOW_HOURS / steps)
        state = rest(cell, state, REST_HOURS).end
    return cell, state


def _chosen(of: Impedances, part: str) -> Complexes:
    if part == "cell":
        return of.whole
    return of.series + (of.anode if part == "anode" else of.cathode)


def _row(percent: float, at: tuple[Cell, CellState], of: Impedances, ohm: float) -> dict[str, Value]:
    """Real parts at the highest and the lowest frequency."""
    return {
        "discharged": Value(percent, "%", 0),
        "voltage": Value(float(at[1].volt[0]), "V", 3),
        "series": Value(float(of.series.real[0]) * ohm, "ohm", 2),
        "anode, high": Value(float(of.anode.real[0]) * ohm, "ohm", 3),
        "anode, low": Value(float(of.anode.real[-1]) * ohm, "ohm", 1),
        "cathode, high": Value(float(of.cathode.real[0]) * ohm, "ohm", 3),
        "cathode, low": Value(float(of.cathode.real[-1]) * ohm, "ohm", 1),
    }


def _measurement(spectrum: Complexes, s: Settings, title: str) -> Measurement:
    columns = {
        "frequency_hertz": s.hertz,
        "real_impedance_ohm": spectrum.real,
        "imaginary_impedance_ohm": spectrum.imag,
    }
    return Measurement(technique="impedance", columns=columns, meta={"simulated": True, "title": title})


def _figure(spectra: Sequence[Complexes], s: Settings) -> Figure:
    nyquist = [
        Line(x=z.real, y=-z.imag, label=f"{percent:g} % discharged", colour=k)
        for k, (z, percent) in enumerate(zip(spectra, s.discharged_percent, strict=True))
    ]
    bode = [replace(line, x=s.hertz, y=np.abs(z)) for line, z in zip(nyquist, spectra, strict=True)]
    frequency, magnitude = Axis(label="Frequency", unit="Hz", log=True), Axis(label="|Z|", unit="ohm", log=True)
    return figure(
        Panel(x=Axis(label="Z'", unit="ohm"), y=Axis(label="-Z''", unit="ohm"), layers=tuple(nyquist), equal=True),
        Panel(x=frequency, y=magnitude, layers=tuple(bode)),
    )


PROTOCOL = Protocol(
    name="impedance", summary="impedance of the cell or an electrode in closed form", settings=Settings, run=run
)
