"""What no solid electrolyte, contact or pore of a card can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from halfcell.twin.card import Card

MAY_BE_ZERO = ("activation_kj_per_mol", "exponent", "contact.ohm_cm2")


def check_parts(card: Card) -> None:
    """Refuse what no solid electrolyte, contact or pore is.

    Raises
    ------
    Refused
        If a share is not between 0 and 1, a resistance or a pressure is not above 0, or a path shorter than straight.
    """
    _check_heat(card)
    for path in (name for name in card.values if name.endswith(("porosity", "cathode_share"))):
        if not 0 < card.value(path) < 1:
            raise Refused(f"{path} must lie between 0 and 1", card.origin, "too much solid for the thickness")
    for path in (name for name in card.values if name.startswith(("solid.", "contact.", "counter."))):
        if card.value(path) < 0 or (card.value(path) == 0 and not path.endswith(MAY_BE_ZERO)):
            raise Refused(f"{path} must be above 0", card.origin)
    if "counter.exchange_a_per_m2" in card.values and not card.has_electrolyte:
        raise Refused("lithium without an electrolyte", card.origin, "a table [counter] needs a table [electrolyte]")
    if card.has_ladder and (card.electrolyte != "solid" or card.has_electrolyte):
        what = 'a table [solid] needs electrolyte = "solid" in [cell], and no table [electrolyte]'
        raise Refused(what, card.origin)
    if card.has_ladder and card.value("solid.cathode_tortuosity") < 1:
        raise Refused("solid.cathode_tortuosity is below 1: no path is shorter than the straight one", card.origin)


def _check_heat(card: Card) -> None:
    """Refuse a cell that warms itself in no known way."""
    heat = [name for name in ("heat_capacity_j_per_k", "cooling_w_per_k") if f"cell.{name}" in card.values]
    if len(heat) == 1:
        raise Refused(f"cell.{heat[0]} alone says no temperature", card.origin, "give heat capacity and cooling")
    if heat and (card.value(f"cell.{heat[0]}") <= 0 or card.value(f"cell.{heat[1]}") < 0):
        raise Refused("a heat capacity is above 0, and cooling not below", card.origin)
    if heat and card.has_ladder:
        raise Refused("a solid electrolyte in depths has one temperature", card.origin, "leave the heat capacity out")
