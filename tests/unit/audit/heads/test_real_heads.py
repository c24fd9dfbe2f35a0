"""Heads of real tables (journal pages, theses, reports, data sheets), each with what it means."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from halfcell.audit.heads import read_head
from halfcell.audit.heads.vocabulary import vocabulary

with Path(__file__).with_name("heads.toml").open("rb") as file:
    HEADS = tomllib.load(file)

UNDERSTOOD = {
    "Activation energy (eV)": "activation_energy",
    "Binding energy (eV)": "other_energy",
    "cell volume (Å3)": "cell_volume",
    "Volume (cm 3 )": "cell_volume",
    "Total capacity (mAhg–1)": "total_capacity",
    "C/3 Discharge Capacity (mAh g -1 )": "discharge_capacity",
    "Grain boundary conductivity (mS.cm -1 )": "boundary_conductivity",
    "Mass percentage/% Na": "mass_fraction",
    "Capacity retention [mAh g - 1 /cycles/C]": "reversible_capacity",
    "decay rate (mAh g–1 cycle–1)": "fade_per_cycle",
    "First delithiation capacity (mAh/g)": "initial_charge_capacity",
    "Irreversible capacity (mAh/g)": "irreversible_loss",
    "First-cycle CE (%)": "initial_coulombic_efficiency",
    "First cycle CE": "initial_coulombic_efficiency",
    "Capacity retention (%, 100 cycles)": "capacity_retention",
    "1st Charging (mAh g-1)": "initial_charge_capacity",
    "1st Discharging (mAh g-1)": "initial_discharge_capacity",
    "first Q (mAh g–1)b": "initial_capacity",
    "final Q (mAh g–1), no. of cycles": "reversible_capacity",
    "RC (mA h g–1)c": "capacity",
    "QPlateau @ 50 mA g−1 [mAh g−1]": "plateau_capacity",
    "QSloping @ 50 mA g−1 [mAh g−1]": "slope_capacity",
    "Slope capacity (mAhg–1) (%)": "slope_capacity",
    "Plateau capacity (mAhg–1) (%)": "plateau_capacity",
    "long-cycling properties (mAh g–1)": "reversible_capacity",
    "rate properties (mAh g–1)": "rate_performance",
    "Cycling performance (mA h g−1)": "reversible_capacity",
    "cyclability (mAh g–1)": "reversible_capacity",
    "1st cycle Qirr [%]": "irreversible_loss",
    "ICE (%/A g−1)": "initial_coulombic_efficiency",
    "0.1C (1st)": "at_condition",
    "2C (19th)": "at_condition",
    "Characteristics": "quantity",
    "cap": "capacity",
    "theorycap": "theoretical_capacity",
    "cycle life (cycles)": "cycle",
    "cycles (n)": "cycle",
    "Cyclea": "cycle",
    "fading rate per cycle (%)": "fade_per_cycle",
    "d002 (nm)": "interlayer_spacing",
    "d002/Å": "interlayer_spacing",
    "XRD d002(nm)": "interlayer_spacing",
    "Lc (nm)": "crystallite_size",
    "La (nm)": "in_plane_size",
    "ID/IG": "raman_ratio",
    "IG/IDa": "raman_inverse_ratio",
    "AD1/AG": "raman_area_ratio",
    "SBET (m2 g–1)": "bet_area",
    "V total (cm3 g−1)": "total_pore_volume",
    "V mic (cm3 g−1)": "micropore_volume",
    "N (atom %)": "composition",
    "Ea (eV)": "activation_energy",
    "Cold-pressed powder (mS.cm -1 )": "ionic_conductivity",
    "T÷": "transference_number",
    "DNa+ (cm2/s) samples": "diffusion_coefficient",
    "Initial AC ImpedancemΩ": "resistance",
    "Calculated Density (g/cm 3 )": "density",
    "Theoretical Density (g/cm 3 )": "theoretical_density",
    "a (Å)": "lattice_parameter",
    "TiN Rwp (%)": "fit_quality",
    "Site": "site",
    "AM content [wt.%]": "mass_fraction",
    "Binder content [wt.%]": "mass_fraction",
    "carnon content (%)": "mass_fraction",
    "PowerDensity[W/kg]": "power_density",
    "Metadata": "quantity",
    "Value": "value",
    "Unit": "unit",
    "electrode materials": "material",
    "Anodes": "anode",
    "composite material": "material",
    "sample. no": "material",
    "Sample code": "material",
    "LRM cathode materials chemical formula": "material",
    "Initial discharge capacity (mAh gSi−1)": "initial_discharge_capacity",
    "Qdis,1 (mAh/g)": "initial_discharge_capacity",
}
REFUSED = [  # never a quantity of the rules: unread units and words that are left over
    "cohesive energy (eV/f.u.)", "Volume (Å3 fu−1)", "volume variation", "Specific capacity or capacitance",
    "σ (Ω s−0.5)", "Wyckoff positions (x, y, z)", "template", "conservation of Mass", "x", "β (°)", "SO2(g)", "NVP/C",
    "NVP/C-1", "Si/C", "Sn/C", "capacities at different current densities [mAh/g (@A/g)]", "Site; 4.32 wt% Li2S",
    "Nominal composition", "Original composition", "Relative humidity (%)", "Total cost ($)",
]  # fmt: skip


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_understood(text: str) -> None:
    head = read_head(text)
    assert head.quantity == UNDERSTOOD[text], head.note


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    head = read_head(text)
    assert head.names or not head.quantity


def test_what_a_head_says_beside_its_quantity() -> None:
    head = read_head("C/3 Discharge Capacity after 100 cycles (mAh gSi-1)")
    assert (head.quantity, head.process, head.cycle, head.at, head.basis) == (
        "discharge_capacity", "discharge", 100, "C/3", "Si",
    )  # fmt: skip
    assert read_head("Initial charge/discharge capacity (mAh/g)").pair == (
        "initial_charge_capacity", "initial_discharge_capacity",
    )  # fmt: skip


def test_marks_are_known_from_the_markup() -> None:
    head = read_head("ICEb (%)", "ICE^{b} (%)")
    assert (head.quantity, head.label, head.note) == ("initial_coulombic_efficiency", "ICE", "")
    assert read_head("Capacity (mAh g−1)", "Capacity^{1} (mAh g^{−1})").quantity == "capacity"


def test_the_reason_is_said() -> None:
    assert read_head("Rack position").note == "not in the lexicon: Rack"
    assert read_head("Coulombic efficiency (mg)").note == "the unit does not fit the words"


def test_a_user_teaches_a_word(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A laboratory's own word, in a file of the same form."""
    path = tmp_path / "mine.toml"
    path.write_text('[quantity.capacity]\nwords = ["Capaciteit"]\n', encoding="utf-8")
    assert not read_head("Capaciteit (mAh/g)").quantity
    assert read_head("Capaciteit (mAh/g)", "", str(path)).quantity == "capacity"


@pytest.mark.parametrize("text", HEADS["means"])
def test_heads_of_papers(text: str) -> None:
    head = read_head(text)
    assert ("name" if head.names else head.quantity) == HEADS["means"][text], head.note


@pytest.mark.parametrize("text", HEADS["refused"]["heads"])
def test_heads_that_mean_nothing_to_the_rules(text: str) -> None:
    head = read_head(text)
    assert head.names or not head.quantity


def test_abbreviations_that_a_document_defines() -> None:
    known = vocabulary(
        ["IDC: initial discharge capacity; XYZ: a new device", "The initial Coulombic efficiency (ICE) and retention"]
    )
    assert known.written_out("IDC (mAh/g)") == "initial discharge capacity (mAh/g)"
    assert known.written_out("XYZ (mAh/g)") == "XYZ (mAh/g)"
    twice = vocabulary(["RC: reversible capacity", "RC = rate capability"])
    assert twice.short == ()


def test_two_cycles_and_a_second_number() -> None:
    head = read_head("Discharge capacity (mAh/g), 1st/200th cycle")
    assert (head.pair, head.cycles) == (("initial_discharge_capacity", "discharge_capacity"), (1, 200))
    assert read_head("Capacity after 200 cycles (mAh g−1) (retention)").beside == "capacity_retention"
    assert read_head("1st cycle (mAh/g)", "1^{st} cycle (mAh/g)").quantity == "initial_capacity"
    assert read_head("Temperature (oC)", "Temperature (^{o}C)").quantity == "temperature"
    assert read_head("300th cycle (mAh g−1) (retention, %)").beside == "capacity_retention"
