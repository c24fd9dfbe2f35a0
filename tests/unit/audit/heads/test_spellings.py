"""Heads that spell words short: symbols with subscripts, abbreviations, states, bare units."""

from __future__ import annotations

import pytest

from halfcell.audit.heads import read_head

SHORT = {
    "Q_rev,1 (mAh g-1)": "initial_capacity",
    "q_dis / mAh g-1": "discharge_capacity",
    "Cdis,100 (mAh/g)": "discharge_capacity",
    "CE1 (%)": "initial_coulombic_efficiency",
    "CE_100 / %": "coulombic_efficiency",
    "Coul. eff. (%)": "coulombic_efficiency",
    "Cap. ret. (%)": "capacity_retention",
    "Areal cap. (mAh cm-2)": "areal_capacity",
    "R_SEI / Ω cm^2": "area_resistance",
    "t_Li+": "transference_number",
    "L_c (nm)": "crystallite_size",
    "S_BET / m2 g-1": "bet_area",
    "V_pore (cm3 g-1)": "total_pore_volume",
    "Fade / cycle (%)": "fade_per_cycle",
    "Coating mass per area (mg cm-2)": "loading",
    "Thickness before cycling (µm)": "thickness",
    "Mass of disc without foil (mg)": "mass",
    "Wh kg-1": "energy_density",
    "Wh L-1": "energy_density",
    "mg cm-2": "loading",
    "Relative density (%TD)": "relative_density",
    "Ohmic resistance / mΩ": "resistance",
    "Capacity ratio (N/P)": "np_ratio",
    "d003 (Å)": "interlayer_spacing",
    "Graphite loading (mg cm-2)": "loading",
}
NOT_SHORT = ["M1", "Electrode ID", "Sample no. D2", "Cell 1", "ID", "Peak no.", "Volume Δ (%)"]


@pytest.mark.parametrize("text", SHORT)
def test_short_heads(text: str) -> None:
    assert read_head(text).quantity == SHORT[text], read_head(text).note


@pytest.mark.parametrize("text", NOT_SHORT)
def test_names_are_no_symbols(text: str) -> None:
    head = read_head(text)
    assert head.names or not head.quantity


def test_states_are_told_apart() -> None:
    """Before and after are conditions, so that no rule takes one thickness for the other."""
    assert read_head("Thickness before cycling (µm)").at == "before"
    assert read_head("Thickness after calendering (µm)").at == "after"
