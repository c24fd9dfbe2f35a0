"""Cells of cards as BPX 1.1 files (Battery Parameter eXchange, bpxstandard.com), with a report of what is lost.

BPX knows radius and diffusivity where a card knows R^2/D: a radius of 5 um is written, and the diffusivity that belongs
to it. Capacities are those of the card: thickness and share of the active material are those of the card's electrolyte
or stated stand-ins, and the maximum concentration follows from them. Phases become particles of a blend, and so do the
classes of a size distribution where several are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from halfcell.twin.card_words import OF_LIQUID
from halfcell.twin.cell import charged
from halfcell.twin.compile import KELVIN, REFERENCE_KELVIN, compiled, series_ohm
from halfcell.twin.electrode import with_content
from halfcell.twin.electrolyte import FARADAY
from halfcell.twin.liquids import LITRE, liquid_of
from halfcell.twin.potentials import GRID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from halfcell.twin.card import Card, PhaseOf
    from halfcell.twin.cell import Cell
    from halfcell.twin.electrode import Electrode

    Floats = NDArray[np.float64]

VERSION = "1.1.0"
RADIUS = 5e-6  # m, of the median particle
THICKNESS = 5e-5  # m, of an electrode of which the card says nothing
SOLID = 0.6  # share of the active material in it
ELECTRONS = 100.0  # S/m of the matrix: its resistance is part of the card's series resistance
POINTS = 4  # every so many points of the tables of potentials
SEARCHES = 40  # halvings of a content: exact to 1e-12
SALTS = 40  # points of a table over the concentration of the salt
RESISTANCE = "Series resistance [Ohm]"  # a user-defined parameter, which halfcell reads again
_BOTH = 2  # phases: one for each electrode


@dataclass(frozen=True, kw_only=True)
class ToBpx:
    """The content of a BPX file, and what of the card it does not hold."""

    facts: dict[str, Any]
    losses: tuple[str, ...]


class _Side(NamedTuple):
    """An electrode: its names in card and file, the arrays of the kernel, and contents full and empty (bins,)."""

    part: str
    title: str
    electrode: Electrode
    full: Floats
    empty: Floats


def bpx_facts(card: Card, classes: int = 1) -> ToBpx:
    """The content of the BPX file of a card.

    Parameters
    ----------
    card
        The cell.
    classes
        Classes of the size distribution of each phase; with 1 its median stands for all.
    """
    cell = compiled([card], classes, depths=1)
    sides = _sides(cell)
    ah = card.value("cathode.active_mg") * 1e-6  # Ah per mAh/g
    parts: dict[str, Any] = {"Cell": _cell(card, sides[0], ah)}
    for side in sides:
        parts[side.title] = _electrode(card, side, ah)
    if card.has_electrolyte:
        parts |= _electrolyte(card)
    parts["User-defined"] = {"description": "read by halfcell", RESISTANCE: float(series_ohm([card])[0])}
    kelvin = card.value("cell.temperature_celsius") + KELVIN
    state: dict[str, Any] = {"Initial state-of-charge": 1.0, "Initial temperature [K]": kelvin}
    if card.has_electrolyte:
        state["Initial electrolyte concentration [mol.m-3]"] = card.value("electrolyte.concentration_mol_per_m3")
    header = {"BPX": VERSION, "Title": card.title, "Model": "SPMe" if card.has_electrolyte else "SPM"}
    facts = {"Header": header, "Parameterisation": parts, "State": {"Initial conditions": state}}
    return ToBpx(facts=facts, losses=tuple(_losses(card, classes)))


def _sides(cell: Cell) -> tuple[_Side, _Side]:
    """Both electrodes at the end of charge and, at rest, at the lower voltage."""
    state = charged(cell)
    anode, cathode = state.anode, state.cathode
    held = float((cell.anode.share * anode.average).sum()), float((cell.cathode.share * cathode.average).sum())
    ratio = float(cell.anode.capacity[0] / cell.cathode.capacity[0])
    low, high = max(0.001, held[0] - (0.999 - held[1]) / ratio), held[0]
    for _ in range(SEARCHES):
        left = (low + high) / 2
        empty = (
            with_content(cell.anode, np.array([left]), 1),
            with_content(cell.cathode, np.array([held[1] + (held[0] - left) * ratio]), 0),
        )
        above = float(empty[1].volt[0] - empty[0].volt[0]) > float(cell.lower_volt[0])
        low, high = (low, left) if above else (left, high)
    return (
        _Side("anode", "Negative electrode", cell.anode, anode.average[0], empty[0].average[0]),
        _Side("cathode", "Positive electrode", cell.cathode, cathode.average[0], empty[1].average[0]),
    )


def _cell(card: Card, anode: _Side, ah: float) -> dict[str, Any]:
    passed = float(anode.electrode.share[0] @ (anode.full - anode.empty)) * float(anode.electrode.capacity[0]) * ah
    return {
        "Electrode area [m2]": card.value("cell.area_cm2") * 1e-4,
        "Number of electrode pairs connected in parallel to make a cell": 1,
        "Lower voltage cut-off [V]": card.value("cell.lower_volt"),
        "Upper voltage cut-off [V]": card.value("cell.upper_volt"),
        "Nominal cell capacity [A.h]": passed,
        "Reference temperature [K]": card.value("cell.temperature_celsius") + KELVIN,
    }


def _electrode(card: Card, side: _Side, ah: float) -> dict[str, Any]:
    """An electrode with its particles: one, or a blend."""
    thickness = card.value(f"electrolyte.{side.part}_um", THICKNESS * 1e6) * 1e-6
    porosity = card.value(f"electrolyte.{side.part}_porosity", 1 - SOLID)
    solid = 1 - porosity
    charge = float(side.electrode.capacity[0]) * ah * 3600
    most = charge / (FARADAY * card.value("cell.area_cm2") * 1e-4 * thickness * solid)
    phases = [phase for phase in card.phases if phase.electrode == side.part]
    particles = {}
    for number, phase in enumerate(phases):
        for place, bin_ in enumerate(np.flatnonzero(side.electrode.tables.phase == number)):
            name = phase.name if place == 0 else f"{phase.name} {place + 1}"
            particles[name] = _particle(side, int(bin_), solid, most)
    whole: dict[str, Any] = {"Thickness [m]": thickness}
    if card.has_electrolyte:
        whole |= {
            "Porosity": porosity,
            "Transport efficiency": porosity ** card.value("electrolyte.bruggeman"),
            "Conductivity [S.m-1]": ELECTRONS,
        }
    activation = {
        key: card.value(f"{side.part}.{name}", 0.0) * 1e3
        for key, name in (
            ("Diffusivity activation energy [J.mol-1]", "diffusion_activation_kj_per_mol"),
            ("Reaction rate constant activation energy [J.mol-1]", "exchange_activation_kj_per_mol"),
        )
    }
    for particle in particles.values():
        particle |= activation
    return whole | (next(iter(particles.values())) if len(particles) == 1 else {"Particle": particles})


def _particle(side: _Side, bin_: int, solid: float, most: float) -> dict[str, Any]:
    """One kind of particle: its size, rates and potentials."""
    electrode, phase = side.electrode, int(side.electrode.tables.phase[bin_])
    first = int(np.flatnonzero(electrode.tables.phase == phase)[0])
    scale = float(np.sqrt(electrode.tau[0, bin_] / electrode.tau[0, first]))
    median = RADIUS if (electrode.tables.phase == phase).sum() == 1 else RADIUS * scale
    branches = electrode.tables.volt[phase][:, ::POINTS]
    x = GRID[::POINTS]
    ocp = branches[1] if side.part == "anode" else branches[0]
    contents = sorted((float(side.full[bin_]), float(side.empty[bin_])))
    made: dict[str, Any] = {
        "Minimum stoichiometry": contents[0],
        "Maximum stoichiometry": contents[1],
        "Maximum concentration [mol.m-3]": most,
        "Particle radius [m]": median,
        "Surface area per unit volume [m-1]": 3 * solid * float(electrode.share[0, bin_]) / median,
        "Diffusivity [m2.s-1]": median**2 / (float(electrode.tau[0, bin_]) * 3600),
        "Reaction rate constant [mol.m-2.s-1]": float(electrode.exchange[0, bin_]) * most * median / (3 * 3600),
        "OCP [V]": _table(x, ocp),
    }
    if not np.array_equal(branches[0], branches[1]):
        made |= {"OCP (lithiation) [V]": _table(x, branches[0]), "OCP (delithiation) [V]": _table(x, branches[1])}
    return made


def _table(x: Floats, y: Floats) -> dict[str, list[float]]:
    return {"x": [float(f"{one:.7g}") for one in x], "y": [float(f"{one:.7g}") for one in y]}


def _electrolyte(card: Card) -> dict[str, Any]:
    porosity = card.value("electrolyte.separator_porosity")
    return {
        "Electrolyte": {
            "Cation transference number": _liquid(card, "transference", over_salt=False),
            "Diffusivity [m2.s-1]": _liquid(card, "diffusion_m2_per_s"),
            "Conductivity [S.m-1]": _liquid(card, "conductivity_s_per_m"),
        },
        "Separator": {
            "Thickness [m]": card.value("electrolyte.separator_um") * 1e-6,
            "Porosity": porosity,
            "Transport efficiency": porosity ** card.value("electrolyte.bruggeman"),
        },
    }


def _liquid(card: Card, name: str, *, over_salt: bool = True) -> float | dict[str, list[float]]:
    """A property of the electrolyte: a number, or a table over the concentration."""
    liquid = liquid_of(card.liquid) if card.liquid else None
    function = getattr(liquid, OF_LIQUID[name]) if liquid else None
    if liquid is None or function is None:
        return card.value(f"electrolyte.{name}")
    kelvin, rest = REFERENCE_KELVIN, card.value("electrolyte.concentration_mol_per_m3")
    if not over_salt:
        return float(liquid.at(function, rest, kelvin))
    salt = np.linspace(liquid.molar[0], liquid.molar[1], SALTS) / LITRE
    return _table(salt, liquid.at(function, salt, kelvin))


def _losses(card: Card, classes: int) -> list[str]:
    """What the file does not hold, or holds as a stand-in."""
    found = [f"particle radii: {RADIUS * 1e6:g} um stands in for each median; only R^2/D is known"]
    if not card.has_electrolyte:
        found.append(
            f"thicknesses: {THICKNESS * 1e6:g} um with {SOLID:.0%} of active material stand in; no electrolyte"
        )
    if card.value("cell.resistance_ohm"):
        found.append(f"cell.resistance_ohm: BPX has no series resistance; it is user-defined ({RESISTANCE!r})")
    if card.liquid:
        found.append(f"electrolyte: tables at 25 degC of the liquid {card.liquid!r}; its transference number at rest")
    if card.has_electrolyte and _liquid(card, "thermodynamic_factor", over_salt=False) != 1:
        found.append("electrolyte.thermodynamic_factor: BPX has none")
    found += _losses_of_solid(card)
    for phase in card.phases:
        found += _losses_of_phase(card, phase, classes)
    if len(card.phases) > _BOTH or classes > 1:
        found.append("blends: BPX holds any number of particles; PyBaMM takes two for each electrode")
    found.append("masses: BPX has none, so that energy densities cannot be computed from it")
    found.append("sources and uncertainties of the values")
    return list(dict.fromkeys(found))


def _losses_of_solid(card: Card) -> Iterator[str]:
    """What BPX does not hold of a solid electrolyte and its contacts."""
    if card.electrolyte == "solid":
        yield "cell.electrolyte: BPX knows no solid electrolyte"
    if card.has_ladder:
        yield "solid: the separator is a part of the series resistance; the depth of the cathode is left out"
    if "contact.ohm_cm2" in card.values:
        yield "contact: it is a part of the series resistance, at the stack pressure of the card"


def _losses_of_phase(card: Card, phase: PhaseOf, classes: int) -> Iterator[str]:
    of = f"{phase.electrode}.{phase.name}"
    if classes == 1 and (phase.diameters or card.of_phase(phase, "size_spread") > 0):
        yield f"{of}: the median stands for all sizes; several classes keep them as a blend"
    if card.of_phase(phase, "branch_content", 0.0):
        yield f"{of}.branch_content: the branch changes at once"
    if card.shapes[phase.electrode] != "sphere":
        yield f"{phase.electrode}.shape: BPX knows spheres only"
