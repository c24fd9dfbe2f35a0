"""Which of PyBaMM's models can hold the cell of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from halfcell.twin.card import Card

Model = Literal["SPM", "SPMe", "MPM", "DFN"]


def check_model(card: Card, model: Model) -> None:
    """Refuse what PyBaMM's model cannot hold.

    Raises
    ------
    Refused
        With the reason.
    """
    _check_particles(card, model)
    if model in {"SPMe", "DFN"} and not (card.has_electrolyte or card.has_ladder):
        raise Refused(f"PyBaMM's {model} needs an electrolyte", card.origin, "a table [electrolyte] or [solid]")
    if model == "SPMe" and card.has_ladder:
        raise Refused("a cathode with a ladder is compared with PyBaMM's DFN", card.origin)


def _check_particles(card: Card, model: Model) -> None:
    """Refuse particles that PyBaMM's model cannot hold."""
    for part in ("anode", "cathode"):
        count = sum(phase.electrode == part for phase in card.phases)
        if count > 1:
            raise Refused(f"the {part} has {count} phases; PyBaMM's {model} holds one", card.origin)
        if card.shapes[part] != "sphere":
            raise Refused(f"PyBaMM's {model} has no particles in the shape of a {card.shapes[part]}", card.origin)
    if any(phase.diameters for phase in card.phases):
        raise Refused("sizes as measured are not given to PyBaMM", card.origin, "size_spread instead")
    spread = max(card.value(f"{part}.size_spread") for part in ("anode", "cathode"))
    if spread and model != "MPM":
        raise Refused(f"PyBaMM's {model} holds one size", card.origin, "MPM, or size_spread = 0 in both electrodes")
    if not spread and model == "MPM":
        raise Refused("the sizes of PyBaMM's MPM need a spread", card.origin, "SPM, or size_spread above 0")
