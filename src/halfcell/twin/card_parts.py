"""What a card may say beyond its cell and electrodes: a solid electrolyte, contacts under pressure, optional values."""

from __future__ import annotations

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
COUNTER = {"exchange_a_per_m2": "exchange current density of the lithium metal against which an electrode is tested"}
ELECTRODE_MORE = {
    "double_layer_f_per_g": "capacitance of the double layer per gram of active material",
    "porosity": "volume share of the pores in the electrode as made",
}
SOLID_MORE = {"conductivity_activation_kj_per_mol": "activation energy of the conductivity"}
ELECTROLYTE_MORE = {**SOLID_MORE, "diffusion_activation_kj_per_mol": "activation energy of the diffusion"}
