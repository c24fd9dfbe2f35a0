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
    for path in (name for name in card.values if name.endswith(("porosity", "cathode_share"))):
        if not 0 < card.value(path) < 1:
            raise Refused(f"{path} must lie between 0 and 1", card.origin, "too much solid for the thickness")
    for path in (name for name in card.values if name.startswith(("solid.", "contact."))):
        if card.value(path) < 0 or (card.value(path) == 0 and not path.endswith(MAY_BE_ZERO)):
            raise Refused(f"{path} must be above 0", card.origin)
    if card.has_ladder and (card.electrolyte != "solid" or card.has_electrolyte):
        what = 'a table [solid] needs electrolyte = "solid" in [cell], and no table [electrolyte]'
        raise Refused(what, card.origin)
    if card.has_ladder and card.value("solid.cathode_tortuosity") < 1:
        raise Refused("solid.cathode_tortuosity is below 1: no path is shorter than the straight one", card.origin)
