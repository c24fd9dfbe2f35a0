"""What a card may say beyond its cell and electrodes: a solid electrolyte, contacts under pressure, optional values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from halfcell.twin.card import Card

SOLID = {
    "conductivity_s_per_m": "conductivity of the solid electrolyte at 25 degC",
    "separator_um": "thickness of the separator",
    "cathode_um": "thickness of the cathode",
    "cathode_share": "volume share of the electrolyte in the cathode",
    "cathode_tortuosity": "tortuosity factor of the electrolyte in the cathode",
    "electronic_s_per_m": "effective electronic conductivity of the cathode",
}
CONTACT = {
    "ohm_cm2": "contact resistance at the reference pressure",
    "reference_mpa": "stack pressure of that",
    "pressure_mpa": "stack pressure of the cell",
    "exponent": "by which the resistance falls with the pressure (1: the true contact area grows with the load)",
}
ELECTRODE_MORE = {
    "double_layer_f_per_g": "capacitance of the double layer per gram of active material",
    "porosity": "volume share of the pores in the electrode as made",
}
SOLID_MORE = {"conductivity_activation_kj_per_mol": "activation energy of the conductivity"}
ELECTROLYTE_MORE = {**SOLID_MORE, "diffusion_activation_kj_per_mol": "activation energy of the diffusion"}
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
