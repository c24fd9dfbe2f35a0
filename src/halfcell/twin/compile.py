"""From a card to the arrays of the kernel, for one or several variants of its values at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.materials.open_circuit import open_circuit
from halfcell.twin.card import FULLEST
from halfcell.twin.card_limits import check_parts
from halfcell.twin.card_words import OF_LIQUID
from halfcell.twin.cell import Cell
from halfcell.twin.electrode import Electrode
from halfcell.twin.electrolyte import Electrolyte
from halfcell.twin.ladder import DEPTHS, Ladder
from halfcell.twin.liquids import liquid_of
from halfcell.twin.potentials import tables
from halfcell.twin.sizes import NODES, log_normal, measured
from halfcell.twin.warmth import Warmth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card, PhaseOf
    from halfcell.twin.diffusion import Shape

    Floats = NDArray[np.float64]

KELVIN = 273.15  # K at 0 degC
REFERENCE_KELVIN = 298.15  # K, 25 degC: where a card's values hold
GAS = 8.314462618e-3  # kJ/(mol K)
VOLT_PER_KELVIN = 8.617333262e-5  # R/F
BRANCH_CONTENT = 0.03
"""Content after which a particle has changed its branch to 1/e, where the card says nothing.

Assumed: curves of silicon need some percent of the capacity for that. A discharge from the end of charge does not
depend on it.
"""
_SHIFT = "cell.open_circuit_shift_volt"
AT_ONCE = 1e-9  # content after which a branch has changed where a card says 0: no division by zero
SALT = ("diffusion", "conductivity")  # of a liquid electrolyte, which go with the temperature


def compiled(cards: Sequence[Card], nodes: int = NODES, depths: int = DEPTHS) -> Cell:
    """The cells of several cards that differ in their values only.

    Raises
    ------
    InputError
        If their phases differ, or if a shape is unknown.
    Refused
        If no cell can have one of the values.
    """
    first = cards[0]
    if any(card.phases != first.phases or card.shapes != first.shapes or card.liquid != first.liquid for card in cards):
        raise InputError("cards that are computed together must have the same phases", first.origin)
    for card in cards:
        check(card)
    cathode_gram = _column(cards, "cathode.active_mg") * 1e-3
    ladder = _ladder(cards, cathode_gram, depths) if first.has_ladder else None
    cathode = _electrode(cards, "cathode", nodes, cathode_gram)
    cell = Cell(
        anode=_electrode(cards, "anode", nodes, cathode_gram),
        cathode=cathode.at_depths(ladder.depths) if ladder else cathode,
        resistance=series_ohm(cards) * cathode_gram * 1e-3,
        full_anode=_column(cards, "anode.charged_content"),
        upper_volt=_column(cards, "cell.upper_volt"),
        lower_volt=_column(cards, "cell.lower_volt"),
        electrolyte=_electrolyte(cards, cathode_gram) if first.has_electrolyte else None,
        ladder=ladder,
        shift=_column(cards, _SHIFT) if _SHIFT in first.values else None,
    )
    return replace(cell, warmth=warmth_of(cards, cell)) if first.warms else cell


def _column(cards: Sequence[Card], path: str) -> Floats:
    return np.array([card.value(path) for card in cards])


def series_ohm(cards: Sequence[Card]) -> Floats:
    """The series resistance of each card, ohm: its own, the contacts under the stack pressure, a solid separator.

    The contact resistance is ``R (P0 / P)^n`` over the area: where rough surfaces touch, the true area of contact grows
    in proportion to the load (n = 1; J. F. Archard, Proc. R. Soc. A 243 (1957) 190; J. A. Greenwood and J. B. P.
    Williamson, Proc. R. Soc. A 295 (1966) 300).
    """
    total, area = _column(cards, "cell.resistance_ohm"), _column(cards, "cell.area_cm2")
    if "contact.ohm_cm2" in cards[0].values:
        names = ("ohm_cm2", "reference_mpa", "pressure_mpa", "exponent")
        ohm, reference, pressure, exponent = (_column(cards, f"contact.{name}") for name in names)
        total = total + ohm * (reference / pressure) ** exponent / area
    if cards[0].has_ladder:
        total = total + _column(cards, "solid.separator_um") * 1e-6 / _solid_conductivity(cards) / (area * 1e-4)
    return total


def _solid_conductivity(cards: Sequence[Card]) -> Floats:
    """Conductivity of the solid electrolyte at the temperature of each cell, S/m."""
    return _column(cards, "solid.conductivity_s_per_m") * _faster_by(cards, "solid.conductivity_activation_kj_per_mol")


def _faster_by(cards: Sequence[Card], path: str) -> Floats:
    """By Arrhenius, how much faster than at 25 degC; 1 where the card has no activation energy."""
    return np.array([faster(card, card.value(path, 0.0)) for card in cards])


def _ladder(cards: Sequence[Card], cathode_gram: Floats, depths: int) -> Ladder:
    """Both paths through the depth of the cathode."""
    length = _column(cards, "solid.cathode_um") * 1e-6 / (_column(cards, "cell.area_cm2") * 1e-4)
    effective = (
        _solid_conductivity(cards) * _column(cards, "solid.cathode_share") / _column(cards, "solid.cathode_tortuosity")
    )
    volts = cathode_gram * 1e-3
    return Ladder(length / effective * volts, length / _column(cards, "solid.electronic_s_per_m") * volts, depths)


def check(card: Card) -> None:
    """Refuse what no cell is.

    Raises
    ------
    Refused
        If a value is impossible.
    """
    if not 0 < (full := card.value("anode.charged_content")) <= FULLEST:
        why = f"open-circuit potentials are known up to {FULLEST:g}; a larger anode has a lower content"
        raise Refused(f"the anode's content at the end of charge is {full:g}", card.origin, why)
    if card.value("cell.lower_volt") >= card.value("cell.upper_volt"):
        raise Refused("the voltage at the end of discharge is not below that at the end of charge", card.origin)
    for part in ("anode", "cathode"):
        _check_electrode(card, part)
    if card.value("cell.resistance_ohm") < 0:
        raise Refused("the series resistance is negative", card.origin)
    check_parts(card)


def _check_electrode(card: Card, part: str) -> None:
    """Refuse an electrode that is none."""
    for name in ("active_mg", "capacity_mah_per_g", "diffusion_hours", "exchange_per_hour"):
        if card.value(f"{part}.{name}") <= 0:
            raise Refused(f"{part}.{name} must be above 0", card.origin)
    active, whole = card.value(f"{part}.active_mg"), card.value(f"{part}.electrode_mg")
    if active > whole:
        why = "vary the loading (of both electrodes), or electrode_mg with it"
        raise Refused(f"{part}.active_mg is {active:g}, more than {part}.electrode_mg, {whole:g}", card.origin, why)


def _electrolyte(cards: Sequence[Card], cathode_gram: Floats) -> Electrolyte:
    """The electrolyte of all cards."""
    part = "electrolyte."
    liquid = liquid_of(cards[0].liquid) if cards[0].liquid else None

    def of(name: str) -> Floats:
        said = liquid is not None and getattr(liquid, OF_LIQUID[name]) is not None
        return np.ones(len(cards)) if said else _column(cards, part + name)

    def warm(name: str) -> Floats:
        path = f"{part}{name}_activation_kj_per_mol"
        return np.ones(len(cards)) if liquid is not None and liquid.warms else _faster_by(cards, path)

    regions = ("anode", "separator", "cathode")
    porosity = np.stack([_column(cards, f"{part}{name}_porosity") for name in regions], axis=1)
    return Electrolyte(
        concentration=_column(cards, part + "concentration_mol_per_m3"),
        diffusion=of("diffusion_m2_per_s") * warm("diffusion"),
        conductivity=of("conductivity_s_per_m") * warm("conductivity"),
        transference=of("transference"),
        factor=of("thermodynamic_factor"),
        thickness=np.stack([_column(cards, f"{part}{name}_um") * 1e-6 for name in regions], axis=1),
        porosity=porosity,
        efficiency=porosity ** _column(cards, part + "bruggeman")[:, None],
        ampere_per_m2=cathode_gram * 1e-3 / (_column(cards, "cell.area_cm2") * 1e-4),
        thermal_volt=VOLT_PER_KELVIN * (_column(cards, "cell.temperature_celsius") + KELVIN),
        liquid=liquid,
    )


def warmth_of(cards: Sequence[Card], cell: Cell) -> Warmth:
    """How the temperature of the cells of all cards changes, and what that changes."""
    cathode_gram = _column(cards, "cathode.active_mg") * 1e-3
    energies: dict[str, Floats] = {}
    for part, electrode in (("anode", cell.anode), ("cathode", cell.cathode)):
        phases = [phase for phase in cards[0].phases if phase.electrode == part]
        counts = np.bincount(electrode.tables.phase, minlength=len(phases))
        for what in ("diffusion", "exchange"):
            name = f"{what}_activation_kj_per_mol"
            rows = [[card.of_phase(phase, name, 0.0) for phase in phases] for card in cards]
            energies[f"{part}_{what}"] = np.repeat(np.array(rows), counts, axis=1)
    salt = [[card.value(f"electrolyte.{name}_activation_kj_per_mol", 0.0) for card in cards] for name in SALT]
    return Warmth(
        around=_column(cards, "cell.temperature_celsius") + KELVIN,
        capacity=np.array([card.value("cell.heat_capacity_j_per_k", 1.0) for card in cards]) / 3.6 / cathode_gram,
        cooling=np.array([card.value("cell.cooling_w_per_k", 0.0) for card in cards]) * 1e3 / cathode_gram,
        salt_diffusion=np.array(salt[0]),
        conductivity=np.array(salt[1]),
        **energies,
    )


def _electrode(cards: Sequence[Card], part: str, nodes: int, cathode_gram: Floats) -> Electrode:
    """One electrode of all cards: its phases, each with its sizes."""
    phases = [phase for phase in cards[0].phases if phase.electrode == part]
    sets = [open_circuit(phase.material, phase.set) for phase in phases]
    rows = [[_particles(card, phase, nodes) for phase in phases] for card in cards]
    share, tau, exchange, decay = (np.array([np.concatenate([b[k] for b in row]) for row in rows]) for k in range(4))
    counts = [len(block[0]) for block in rows[0]]
    kelvin = _column(cards, "cell.temperature_celsius") + KELVIN
    shape = cards[0].shapes[part]
    if shape not in {"sphere", "slab"}:
        raise InputError(f"unknown shape {shape!r} of the {part}", cards[0].origin, "sphere or slab")
    return Electrode(
        share=share,
        tau=tau,
        exchange=exchange,
        tables=tables(
            [(one.steps("lithiation"), one.steps("delithiation")) for one in sets],
            np.repeat(np.arange(len(phases)), counts),
        ),
        decay=decay[0],
        capacity=_column(cards, f"{part}.capacity_mah_per_g")
        * _column(cards, f"{part}.active_mg")
        * 1e-3
        / cathode_gram,
        thermal_volt=(VOLT_PER_KELVIN * kelvin)[:, None],
        shape=cast("Shape", shape),
    )


def _particles(card: Card, phase: PhaseOf, nodes: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Share, time constant (h), exchange rate (1/h) and decay of the branch of the sizes of one phase."""
    given = phase.diameters
    sizes = measured(given, phase.volumes, nodes) if given else log_normal(card.of_phase(phase, "size_spread"), nodes)
    diffusion, reaction = (
        faster(card, card.of_phase(phase, f"{name}_activation_kj_per_mol", 0.0)) for name in ("diffusion", "exchange")
    )
    tau = card.of_phase(phase, "diffusion_hours") / diffusion
    exchange = card.of_phase(phase, "exchange_per_hour") * reaction
    decay = 1 / max(card.of_phase(phase, "branch_content", BRANCH_CONTENT), AT_ONCE)
    share = card.value(f"{phase.electrode}.{phase.name}.share")
    return share * sizes.share, tau * sizes.radius**2, exchange / sizes.radius, np.full(len(sizes.share), decay)


def faster(card: Card, kj_per_mol: float) -> float:
    """By Arrhenius, how much faster a process is at the temperature of the cell than at 25 degC."""
    kelvin = card.value("cell.temperature_celsius") + KELVIN
    return float(np.exp(kj_per_mol / GAS * (1 / REFERENCE_KELVIN - 1 / kelvin)))
