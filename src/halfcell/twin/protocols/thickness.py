"""Thickness of the anode over a discharge, by finite strain with pores (Fig. S30 of the document).

Each host grows in proportion to its lithium, by ``(M/rho) lithiated / (M/rho) bare`` in all, and a collector lets the
electrode grow in thickness alone, so that its stretch is the ratio of the volumes: ``L / L0 = V / V0``. Of the pores
only bounds are known: they take up the growth until none are left (least), or keep their volume (most). No strain is
taken to be small: silicon grows to 3.8 times its volume, 1.56 times its diameter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.figure import Area, Axis, Line, Panel
from halfcell.core.settings import CheckedSettings
from halfcell.materials.composites import LITHIATED, volume_change
from halfcell.materials.couples import couple
from halfcell.materials.phases import phase
from halfcell.twin.cell import charged, most_charge
from halfcell.twin.compile import compiled
from halfcell.twin.course import passed, time_to
from halfcell.twin.predict import doubts_of
from halfcell.twin.protocols.drawing import figure
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

AS_MADE = "as made"
STEPS = 60  # of a half cycle, chosen: a thickness is smooth over the charge
POROSITY = 0.5  # where neither card nor settings say it
UM_PER_CM = 1e4  # um in a cm
NOTHING = 1e-12  # share of a particle of a phase that the card names and leaves out


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `thickness`.

    Parameters
    ----------
    current_ma_per_g
        Of the discharge, per gram of cathode material.
    porosity
        Volume share of the pores in the electrode as made; that of the card where none is given, or one half.
    inactive_g_per_cm3
        Density of active mass that takes up no lithium (CoSi2: 4.95).
    binder_g_per_cm3
        Density of binder and conductive carbon.
    """

    current_ma_per_g: float = 18.0
    porosity: float | None = None
    inactive_g_per_cm3: float = 4.95
    binder_g_per_cm3: float = 1.6

    def __post_init__(self) -> None:
        """Refuse what no electrode is."""
        super().__post_init__()
        if min(self.current_ma_per_g, self.inactive_g_per_cm3, self.binder_g_per_cm3) <= 0:
            raise InputError("current and densities must be above 0", "thickness")
        if self.porosity is not None and not 0 <= self.porosity < 1:
            raise InputError("a porosity lies between 0 and 1", "thickness")


@dataclass(frozen=True, eq=False)
class Solids:
    """Volumes of an electrode per area (um) as made: of each phase, of all that does not grow, of the pores.

    `growth` is the relative growth of each phase when it is full.
    """

    phases: Floats
    growth: Floats
    others: float
    pores: float

    @property
    def made(self) -> float:
        """Thickness as made."""
        return float(self.phases.sum()) + self.others + self.pores

    def solid(self, contents: Floats) -> Floats:
        """Volume of the solids at contents of the phases (..., phases)."""
        grown: Floats = (self.phases * (1 + self.growth * contents)).sum(axis=-1) + self.others
        return grown

    def least(self, contents: Floats) -> Floats:
        """Thickness where the pores take up what they can."""
        return np.maximum(self.solid(contents), self.made)

    def most(self, contents: Floats) -> Floats:
        """Thickness where the pores keep their volume."""
        return self.solid(contents) + self.pores


def solids_of(card: Card, porosity: float, inactive: float, binder: float) -> Solids:
    """The volumes of the anode of a card, from its masses and the share of each phase in the capacity.

    Raises
    ------
    Refused
        If the phases that make the capacity weigh more than the active material.
    InputError
        If the lithiated phase of a host is not known.
    """
    area, active = card.value("cell.area_cm2"), card.value("anode.active_mg") * 1e-3
    charge = card.value("anode.capacity_mah_per_g") * active
    volumes, growth, mass = [], [], 0.0
    for one in (p for p in card.phases if p.electrode == "anode"):
        host = couple(one.material)
        change = volume_change(one.material)
        if host is None or host.capacity_mah_per_g is None:
            raise InputError(f"no theoretical capacity of {one.material!r}", card.origin)
        gram = card.value(f"anode.{one.name}.share") * charge / host.capacity_mah_per_g
        mass += gram
        volumes.append(gram / phase(LITHIATED[host.name][0]).density)
        growth.append(change)
    if mass > active * 1.001:
        what = f"the phases would weigh {mass * 1e3:.3g} mg, more than the active mass of {active * 1e3:.3g} mg"
        raise Refused(what, card.origin, "the capacity is above what the hosts can hold")
    rest = max(active - mass, 0.0) / inactive + (card.value("anode.electrode_mg") * 1e-3 - active) / binder
    whole = sum(volumes) + rest
    scale = UM_PER_CM / area
    return Solids(np.array(volumes) * scale, np.array(growth), rest * scale, whole * porosity / (1 - porosity) * scale)


def run(card: Card, settings: Settings) -> Outcome:
    """The thickness of the anode over a slow discharge."""
    porosity = settings.porosity if settings.porosity is not None else card.value("anode.porosity", POROSITY)
    solids = solids_of(card, porosity, settings.inactive_g_per_cm3, settings.binder_g_per_cm3)
    charge, contents = _contents(card, settings.current_ma_per_g)
    doubts = [*doubts_of(card), "the growth of the cathode (some percent of its volume) and of the SEI is left out"]
    if settings.porosity is None and "anode.porosity" not in card.values:
        doubts.append(f"the porosity of {POROSITY:g} is assumed: give porosity, or anode.porosity in the card")
    states = {AS_MADE: np.zeros(contents.shape[1]), "charged": contents[0], "discharged": contents[-1]}
    return Outcome(
        title=f"{card.title}: thickness of the anode",
        rows=tuple(_row(name, solids, at) for name, at in states.items()),
        figure=_figure(charge, solids, contents),
        doubts=tuple(doubts),
    )


def _contents(card: Card, current: float) -> tuple[Floats, Floats]:
    """Charge (mAh/g) and the content of each phase of the anode over a discharge, (records, phases)."""
    cell = compiled([card])
    state = charged(cell)
    step = float(most_charge(cell, state)[0]) / STEPS
    groups, lower = cell.anode.tables.phase, float(cell.lower_volt[0])

    def held() -> list[float]:
        share, inside = cell.anode.share[0] + NOTHING, state.anode.average[0]
        return [float(np.average(inside[groups == k], weights=share[groups == k])) for k in range(groups.max() + 1)]

    charge, contents = [0.0], [held()]
    for _ in range(STEPS):
        after = passed(cell, state, current, step / current)
        ended = float(after.volt[0]) <= lower
        hours = time_to(cell, state, current, step / current, lower) if ended else step / current
        state = passed(cell, state, current, hours) if ended else after
        charge, contents = [*charge, charge[-1] + hours * current], [*contents, held()]
        if ended:
            break
    return np.array(charge), np.array(contents)


def _row(state: str, of: Solids, contents: Floats) -> dict[str, Value]:
    least, most = float(of.least(contents)), float(of.most(contents))
    solid = float(of.solid(contents) / of.solid(np.zeros(len(contents))))
    return {
        "state": Value(state),
        "solids": Value((solid - 1) * 100, "%"),
        "pores taken up": Value(least, "um"),
        "change": Value((least / of.made - 1) * 100, "%"),
        "pores kept": Value(most, "um"),
        "change, pores kept": Value((most / of.made - 1) * 100, "%"),
    }


def _figure(charge: Floats, of: Solids, contents: Floats) -> Figure:
    least, most = of.least(contents), of.most(contents)
    made = np.full(len(charge), of.made)
    layers = (
        Area(x=charge, y=most, y_low=least, label="bounds", colour=0),
        Line(x=charge, y=most, label="pores kept", colour=0),
        Line(x=charge, y=least, label="pores taken up", colour=0, dash="dash"),
        Line(x=charge, y=made, label=AS_MADE, colour=-1, dash="dot"),
    )
    x = Axis(label="Discharged", unit="mAh g^{-1}")
    return figure(Panel(x=x, y=Axis(label="Thickness of the anode", unit="um", low=0.0), layers=layers))


PROTOCOL = Protocol(
    name="thickness",
    summary="thickness of the anode over a discharge, by finite strain with pores",
    settings=Settings,
    run=run,
)
