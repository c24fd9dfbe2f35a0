"""Design of a cell from its card: loadings, N/P ratio, lithium and energy on every mass basis, and their inverse.

Forwards, a card gives what its cell weighs and delivers. Backwards, the loadings of both electrodes are scaled together
until the predicted discharge at a current per gram has the energy density that is asked for. A thicker electrode has
the same particles but more current through the same resistance (and electrolyte), so that there is a loading beyond
which the energy density falls; a target above that one is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.materials.cell_balance import BASES, Basis
from halfcell.twin.cell import charged, discharge
from halfcell.twin.compile import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.twin.card import Card

SCALED = (
    *("anode.active_mg", "anode.electrode_mg", "cathode.active_mg", "cathode.electrode_mg"),
    *("electrolyte.anode_um", "electrolyte.cathode_um", "cell.electrolyte_mg"),
)
"""What grows with the loading; separator, collectors and casing stay."""
WHOLE = ("loading", "np_ratio")  # what changes several values of a card together
LOW, HIGH = 0.05, 20.0  # times the loadings of the card
TRIALS = 48  # loadings at once, evenly in their logarithm
ROUNDS = 4  # each narrows the range of loadings to a twentieth
COARSE = 40  # steps of a discharge while loadings are compared: capacities within 0.05 %


class Delivered(NamedTuple):
    """A discharge of a design: current (mA/g), capacity (mAh/g, mAh/cm2), mean voltage, Wh/kg by mass basis."""

    current: float
    capacity: float
    areal_capacity: float
    mean_volt: float
    energy_density: Mapping[Basis, float]


@dataclass(frozen=True, kw_only=True)
class Design:
    """A cell per area, and what it delivers.

    `loading` (mg/cm2 of active material) and `areal` (mAh/cm2 between content 0 and 1) are of anode and cathode;
    `lithium` (mAh/cm2) is that of both at the end of charge; `mass` is mg/cm2 by basis.
    """

    card: Card
    loading: tuple[float, float]
    areal: tuple[float, float]
    lithium: float
    mass: Mapping[Basis, float]
    rows: tuple[Delivered, ...]

    @property
    def np_ratio(self) -> float:
        """Areal capacity of the anode over that of the cathode."""
        return self.areal[0] / self.areal[1]

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a cell of this design would suffer from."""
        full = self.card.value("anode.charged_content")
        found = []
        if self.np_ratio < 1:
            found.append(
                f"the N/P ratio is {self.np_ratio:.3f}: charged faster, or further than the card says (the anode is "
                f"then filled to {full:.1%}), lithium plates; a larger anode is safer"
            )
        if full > _NEARLY_FULL:
            found.append(f"the anode is filled to {full:.1%} at the end of charge: soon after it lithium plates")
        return tuple(found)


_NEARLY_FULL = 0.97  # filling of an anode, chosen: spread of loadings and ageing take the rest


def with_design(card: Card, values: Mapping[str, float], source: str) -> Card:
    """The card with other values; besides paths ``loading`` (times that of the card) and ``np_ratio`` are understood.

    Raises
    ------
    InputError
        If the card does not hold one of them.
    Refused
        If the anode does not hold the lithium at an N/P ratio.
    """
    changed = card.with_values({path: value for path, value in values.items() if path not in WHOLE}, source)
    if "np_ratio" in values:
        changed = with_np_ratio(changed, values["np_ratio"])
    return scaled(changed, values["loading"]) if "loading" in values else changed


def design(card: Card, currents: Sequence[float]) -> Design:
    """What the cell of a card weighs, holds and delivers.

    Parameters
    ----------
    card
        The cell.
    currents
        mA per gram of cathode material.
    """
    cell = compiled([card])
    area, gram = card.value("cell.area_cm2"), card.value("cathode.active_mg") * 1e-3
    state = charged(cell)
    contents = cell.contents(state.anode, state.cathode)
    held = [float(x[0] * q[0]) for x, q in zip(contents, (cell.anode.capacity, cell.cathode_capacity), strict=True)]
    masses = _masses(card)
    return Design(
        card=card,
        loading=(card.value("anode.active_mg") / area, card.value("cathode.active_mg") / area),
        areal=(float(cell.anode.capacity[0]) * gram / area, float(cell.cathode_capacity[0]) * gram / area),
        lithium=sum(held) * gram / area,
        mass={basis: mass / area for basis, mass in masses.items()},
        rows=_delivered([card], currents)[0],
    )


def _masses(card: Card) -> dict[Basis, float]:
    """mg by basis; of stack and cell only where the card says what collectors, electrolyte and casing weigh."""
    parts = [
        card.value("anode.active_mg") + card.value("cathode.active_mg"),
        card.value("anode.electrode_mg") + card.value("cathode.electrode_mg"),
        card.value("cell.separator_mg"),
    ]
    found = dict(zip(BASES[:3], (parts[0], parts[1], parts[1] + parts[2]), strict=True))
    if {"cell.collectors_mg", "cell.electrolyte_mg"} & set(card.values):
        found["stack"] = found["electrodes and separator"] + sum(
            card.value(path, 0.0) for path in ("cell.collectors_mg", "cell.electrolyte_mg")
        )
        if "cell.casing_mg" in card.values:
            found["cell"] = found["stack"] + card.value("cell.casing_mg")
    return found


def _delivered(cards: Sequence[Card], currents: Sequence[float]) -> list[tuple[Delivered, ...]]:
    """The discharges of several designs of one card."""
    runs = [(card, current) for card in cards for current in currents]
    done = discharge(compiled([card for card, _ in runs]), np.array([current for _, current in runs]), COARSE)
    rows = []
    for (card, current), capacity, volt in zip(runs, done.capacity.tolist(), done.mean_volt.tolist(), strict=True):
        mah = capacity * card.value("cathode.active_mg") * 1e-3
        energy = mah * (volt if np.isfinite(volt) else 0.0)  # mWh
        densities = {basis: 1e3 * energy / mass for basis, mass in _masses(card).items()}
        rows.append(Delivered(current, capacity, mah / card.value("cell.area_cm2"), volt, densities))
    return [tuple(rows[k : k + len(currents)]) for k in range(0, len(rows), len(currents))]


def scaled(card: Card, factor: float) -> Card:
    """The cell with all loadings times a factor, see `SCALED`."""
    paths = [path for path in SCALED if path in card.values]
    return card.with_values({path: card.value(path) * factor for path in paths}, f"loading x {factor:.4g}")


def with_np_ratio(card: Card, np_ratio: float) -> Card:
    """The cell with the anode that gives an N/P ratio; the lithium in it at the end of charge stays.

    Raises
    ------
    Refused
        If the anode does not hold that lithium.
    """
    if np_ratio <= 0:
        raise InputError(f"an N/P ratio of {np_ratio:g} is none")
    now = _areal_ratio(card)
    factor = np_ratio / now
    content = card.value("anode.charged_content") / factor
    if content > 1:
        least = card.value("anode.charged_content") * now
        raise Refused(
            f"at an N/P ratio of {np_ratio:g} the anode does not hold the lithium of the charge: it plates",
            card.origin,
            f"with the lithium of this card at least {least:.3f}",
        )
    paths = [path for path in ("anode.active_mg", "anode.electrode_mg", "electrolyte.anode_um") if path in card.values]
    changed = {path: card.value(path) * factor for path in paths}
    return card.with_values({**changed, "anode.charged_content": content}, f"N/P ratio {np_ratio:g}")


def _areal_ratio(card: Card) -> float:
    capacities = [card.value(f"{p}.capacity_mah_per_g") * card.value(f"{p}.active_mg") for p in ("anode", "cathode")]
    return capacities[0] / capacities[1]


def loading_for(card: Card, target: float, basis: Basis, current: float) -> Card:
    """The cell whose loadings give an energy density.

    Parameters
    ----------
    card
        The cell; its recipe and N/P ratio stay.
    target
        Wh/kg.
    basis
        What counts as mass.
    current
        mA per gram of cathode material.

    Returns
    -------
    Card
        The one with the smallest loading that reaches the target.

    Raises
    ------
    InputError
        If the card does not say what the basis weighs.
    Refused
        If no loading reaches it; the hint says what the best one reaches.
    """
    if basis not in _masses(card):
        hint = "give cell.collectors_mg, cell.electrolyte_mg and, for the cell, cell.casing_mg"
        raise InputError(f"the card does not say what the {basis} weighs", card.origin, hint)
    low, high = LOW, HIGH
    for _ in range(ROUNDS):
        factors = np.geomspace(low, high, TRIALS)
        rows = _delivered([scaled(card, factor) for factor in factors], [current])
        reached = np.array([row[0].energy_density[basis] for row in rows])
        above = np.flatnonzero(reached >= target)
        if not above.size:
            best = int(np.argmax(reached))
            loading = card.value("cathode.active_mg") / card.value("cell.area_cm2") * factors[best]
            text = f"the best is {reached[best]:.1f} Wh/kg, with {loading:.1f} mg/cm2 of cathode material"
            raise Refused(f"no loading gives {target:g} Wh/kg ({basis}, {current:g} mA/g)", card.origin, text)
        first = int(above[0])
        if first == 0:
            text = "a smaller loading has more: on a basis without the separator it does not need to be thick"
            what = f"every loading gives more than {target:g} Wh/kg ({basis}, {current:g} mA/g)"
            raise Refused(what, card.origin, text)
        low, high = float(factors[first - 1]), float(factors[first])
    return scaled(card, float(factors[first]))
