"""The values that a cell card may hold, by the table that they stand in, with their meanings."""

from __future__ import annotations

from halfcell.twin.card_parts import CONTACT, COUNTER, ELECTRODE_MORE, ELECTROLYTE_MORE, SOLID, SOLID_MORE

CELL = {
    "area_cm2": "electrode area",
    "temperature_celsius": "temperature",
    "upper_volt": "voltage at the end of charge",
    "lower_volt": "voltage at the end of discharge",
    "resistance_ohm": "series resistance: electrolyte, contacts, collectors",
    "open_circuit_shift_volt": "by how much the open-circuit voltage lies above that of the sets",
    "separator_mg": "mass of the separator or solid electrolyte",
    "collectors_mg": "mass of both current collectors",
    "electrolyte_mg": "mass of the liquid electrolyte",
    "casing_mg": "mass of the casing",
    "heat_capacity_j_per_k": "heat capacity of the cell, which then warms itself",
    "cooling_w_per_k": "heat that it gives to its surroundings",
}
ELECTRODE = {
    "active_mg": "active mass",
    "electrode_mg": "mass of the electrode without its collector",
    "capacity_mah_per_g": "capacity between content 0 and 1",
    "diffusion_hours": "R^2/D of the median particle at 25 degC",
    "size_spread": "standard deviation of ln R by volume",
    "exchange_per_hour": "exchange rate of the median particle at 25 degC, in units of its capacity",
    "diffusion_activation_kj_per_mol": "activation energy of the diffusion",
    "exchange_activation_kj_per_mol": "activation energy of the exchange",
    "charged_content": "lithium content of the anode at the end of charge",
    "lost_content": "what that was more before lithium was lost, in series that are marked fresh",
    "branch_content": "content after which a particle has changed its branch to 1/e",
}
ELECTROLYTE = {
    "concentration_mol_per_m3": "salt concentration at rest",
    "diffusion_m2_per_s": "salt diffusion coefficient of the liquid",
    "conductivity_s_per_m": "conductivity of the liquid",
    "transference": "transference number of lithium",
    "thermodynamic_factor": "thermodynamic factor 1 + dlnf/dlnc",
    "bruggeman": "exponent of the porosity",
    "anode_um": "thickness of the anode",
    "separator_um": "thickness of the separator",
    "cathode_um": "thickness of the cathode",
    "anode_porosity": "volume share of the liquid in the anode",
    "separator_porosity": "volume share of the liquid in the separator",
    "cathode_porosity": "volume share of the liquid in the cathode",
}
OF_LIQUID = {
    "diffusion_m2_per_s": "diffusion", "conductivity_s_per_m": "conductivity", "transference": "transference",
    "thermodynamic_factor": "factor",
}  # fmt: skip
"""Values that a liquid of `liquids` may say over the concentration, by their names there."""
OPTIONAL = {
    "diffusion_activation_kj_per_mol", "exchange_activation_kj_per_mol", "branch_content", "lost_content",
    "collectors_mg", "electrolyte_mg", "casing_mg", "heat_capacity_j_per_k", "cooling_w_per_k",
    "open_circuit_shift_volt",
}  # fmt: skip
WORDS = ("shape", "electrolyte", "liquid")  # entries that are no values
PHASE_WORDS = {"material", "name", "set", "sizes"}
ONLY_ANODE = {"charged_content", "lost_content"}
PARTS = {
    "cell": CELL, "anode": ELECTRODE | ELECTRODE_MORE, "cathode": ELECTRODE | ELECTRODE_MORE,
    "electrolyte": ELECTROLYTE | ELECTROLYTE_MORE, "solid": SOLID | SOLID_MORE, "contact": CONTACT,
    "counter": COUNTER,
}  # fmt: skip
MEASURED = {
    "source": "where the series is from",
    "current": "currents",
    "capacity": "capacities",
    "mean_volt": "mean voltages, nan where not known",
    "per": "g of cathode material, or cm2",
    "fit_voltage": "whether a fit may use the voltages",
    "fresh": "measured before lithium was lost",
    "capacity_percent": "standard uncertainty of the capacities, %",
    "volt_std": "standard uncertainty of the mean voltages, V",
}
TOP = ("title", "notes", *PARTS, "measured", "joint")  # entries of the whole card
