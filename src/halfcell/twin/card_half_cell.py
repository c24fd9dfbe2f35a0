"""One electrode of a card against lithium: a half cell, with the series resistance of the cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.materials.open_circuit import open_circuit
from halfcell.twin.compile import compiled, series_ohm
from halfcell.twin.counter import VOLUMES, Counter
from halfcell.twin.electrode import with_content
from halfcell.twin.half_cell import Outside, lithiated
from halfcell.twin.potentials import tables

if TYPE_CHECKING:
    from halfcell.twin.card import Card
    from halfcell.twin.electrode import Electrode, State
    from halfcell.twin.electrolyte import Electrolyte

Part = Literal["anode", "cathode"]
LITTLE = 0.5  # of the capacity
EMPTY = 1e-3  # content of an anode as made


@dataclass(frozen=True, eq=False)
class HalfCell:
    """An electrode with charge in mAh and current in mA, its active mass (g) and the series resistance (ohm).

    `fresh` lithiates as crystalline hosts do for the first time; it is `electrode` where no host has such a curve.
    `counter` is the lithium with its electrolyte; None where the series resistance stands for both.
    """

    electrode: Electrode
    fresh: Electrode
    gram: float
    ohm: float
    counter: Counter | None = None

    @property
    def outside(self) -> Outside:
        """What stands between the electrode and the potentiostat, at rest."""
        return Outside(self.ohm, self.counter).rested

    @property
    def empty(self) -> State:
        """At rest with hardly any lithium."""
        return with_content(self.fresh, np.array([EMPTY]), 0)


def half_cell_of(card: Card, part: Part = "anode") -> HalfCell:
    """The half cell of one electrode of a card.

    Raises
    ------
    Refused
        If no cell can have one of the values of the card.
    """
    cell = compiled([card], depths=1)
    gram = card.value(f"{part}.active_mg") * 1e-3
    one = cell.anode if part == "anode" else cell.cathode
    electrode = replace(one, capacity=np.array([card.value(f"{part}.capacity_mah_per_g") * gram]))
    sets = [open_circuit(phase.material, phase.set) for phase in card.phases if phase.electrode == part]
    fresh = tables([(lithiated(one, first=True), one.steps("delithiation")) for one in sets], electrode.tables.phase)
    ohm, counter = float(series_ohm([card])[0]), _counter(card, part, cell.electrolyte)
    return HalfCell(electrode, replace(electrode, tables=fresh), gram, ohm, counter)


def _counter(card: Card, part: Part, electrolyte: Electrolyte | None) -> Counter | None:
    """Lithium with the separator and this electrode of the card."""
    if electrolyte is None or "counter.exchange_a_per_m2" not in card.values:
        return None
    regions = [0, 1, 0 if part == "anode" else 2]
    chosen = {name: getattr(electrolyte, name)[:, regions] for name in ("thickness", "porosity", "efficiency")}
    per_milliampere = np.array([1e-3 / (card.value("cell.area_cm2") * 1e-4)])
    alone = replace(electrolyte, counts=VOLUMES, ampere_per_m2=per_milliampere, **chosen)
    return Counter(alone, card.value("counter.exchange_a_per_m2"))


def little_used(card: Card, part: Part, mah_per_g: float) -> tuple[str, ...]:
    """A doubt about a half cell that takes up little of its capacity: the polarisation of the card ends it early."""
    whole = card.value(f"{part}.capacity_mah_per_g")
    if mah_per_g > LITTLE * whole:
        return ()
    used = f"only {mah_per_g:.0f} of {whole:.0f} mAh/g are used: diffusion_hours and exchange_per_hour of the card, "
    why = f"which may be fitted to a full cell, polarise the {part} to its limit; "
    return (used + why + "those of a half cell, or a slower test, show more",)


def left_out(half: HalfCell) -> tuple[str, ...]:
    """A doubt where a sweep or a spectrum does not follow the lithium and the electrolyte that the card describes."""
    if half.counter is None:
        return ()
    return ("the lithium and the salt of the electrolyte are left out here: only the series resistance counts",)
