"""From a card to the arrays of the kernel, for one or several variants of its values at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.materials.open_circuit import open_circuit
from halfcell.twin.card import FULLEST
from halfcell.twin.cell import Cell
from halfcell.twin.electrode import Electrode
from halfcell.twin.electrolyte import Electrolyte
from halfcell.twin.potentials import tables
from halfcell.twin.sizes import NODES, log_normal, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card, PhaseOf
    from halfcell.twin.diffusion import Shape

    Floats = NDArray[np.float64]

KELVIN = 273.15
REFERENCE_KELVIN = 298.15
GAS = 8.314462618e-3  # kJ/(mol K)
VOLT_PER_KELVIN = 8.617333262e-5  # R/F
SWITCHED_AT_ONCE = 1e-9  # content after which the branch has changed where the card says nothing


def compiled(cards: Sequence[Card], nodes: int = NODES) -> Cell:
    """The cells of several cards that differ in their values only.

    Raises
    ------
    InputError
        If their phases differ, or if a shape is unknown.
    Refused
        If no cell can have one of the values.
    """
    first = cards[0]
    if any(card.phases != first.phases or card.shapes != first.shapes for card in cards):
        raise InputError("cards that are computed together must have the same phases", first.origin)
    for card in cards:
        check(card)
    cathode_gram = _column(cards, "cathode.active_mg") * 1e-3
    return Cell(
        anode=_electrode(cards, "anode", nodes, cathode_gram),
        cathode=_electrode(cards, "cathode", nodes, cathode_gram),
        resistance=_column(cards, "cell.resistance_ohm") * cathode_gram * 1e-3,
        full_anode=_column(cards, "anode.charged_content"),
        upper_volt=_column(cards, "cell.upper_volt"),
        lower_volt=_column(cards, "cell.lower_volt"),
        electrolyte=_electrolyte(cards, cathode_gram) if first.has_electrolyte else None,
    )


def _column(cards: Sequence[Card], path: str) -> Floats:
    return np.array([card.value(path) for card in cards])


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
    for path in (name for name in card.values if name.endswith("_porosity")):
        if not 0 < card.value(path) < 1:
            raise Refused(f"{path} must lie between 0 and 1", card.origin, "too much solid for the thickness")


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
    regions = ("anode", "separator", "cathode")
    porosity = np.stack([_column(cards, f"{part}{name}_porosity") for name in regions], axis=1)
    activation = np.array([card.value(part + "activation_kj_per_mol", 0.0) for card in cards])
    kelvin = _column(cards, "cell.temperature_celsius") + KELVIN
    faster = np.exp(activation / GAS * (1 / REFERENCE_KELVIN - 1 / kelvin))
    return Electrolyte(
        concentration=_column(cards, part + "concentration_mol_per_m3"),
        diffusion=_column(cards, part + "diffusion_m2_per_s") * faster,
        conductivity=_column(cards, part + "conductivity_s_per_m") * faster,
        transference=_column(cards, part + "transference"),
        factor=_column(cards, part + "thermodynamic_factor"),
        thickness=np.stack([_column(cards, f"{part}{name}_um") * 1e-6 for name in regions], axis=1),
        porosity=porosity,
        efficiency=porosity ** _column(cards, part + "bruggeman")[:, None],
        ampere_per_m2=cathode_gram * 1e-3 / (_column(cards, "cell.area_cm2") * 1e-4),
        thermal_volt=VOLT_PER_KELVIN * kelvin,
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
    faster = _faster(card, phase, "diffusion_activation_kj_per_mol")
    tau = card.of_phase(phase, "diffusion_hours") / faster
    exchange = card.of_phase(phase, "exchange_per_hour") * _faster(card, phase, "exchange_activation_kj_per_mol")
    decay = 1 / max(card.of_phase(phase, "branch_content", SWITCHED_AT_ONCE), SWITCHED_AT_ONCE)
    share = card.value(f"{phase.electrode}.{phase.name}.share")
    return share * sizes.share, tau * sizes.radius**2, exchange / sizes.radius, np.full(len(sizes.share), decay)


def _faster(card: Card, phase: PhaseOf, name: str) -> float:
    """By Arrhenius, how much faster than at 25 degC."""
    kelvin = card.value("cell.temperature_celsius") + KELVIN
    return float(np.exp(card.of_phase(phase, name, 0.0) / GAS * (1 / REFERENCE_KELVIN - 1 / kelvin)))
