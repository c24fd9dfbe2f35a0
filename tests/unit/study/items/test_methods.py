"""The methods section: written from settings and facts of the results, with references in the text or as a list."""

from __future__ import annotations

import re

import pytest

from halfcell.core.citations import bibtex_keys, cited_groups
from halfcell.core.document import Bibliography
from halfcell.core.plugins import plugins
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.core.settings import as_json
from halfcell.study.items.methods import TITLES, methods_sections, own_references, technique_text
from halfcell.techniques.cycling.result import CyclingResult
from halfcell.techniques.load import load_technique

BUILT_IN = [name for name in TITLES if name in plugins("techniques")]


def _result(name: str, **facts: str | float) -> Result:
    kind = CyclingResult if name == "cycling" else Result
    return kind(technique=name, id="1", settings=as_json(load_technique(name).settings()), facts=facts)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_technique_writes_sentences_from_its_defaults(name: str) -> None:
    write = load_technique(name).methods
    assert write is not None
    text = write([_result(name, instrument="Maker X1")])
    assert "(instrument: Maker X1)" in text
    assert text.endswith(".")
    assert not re.search(r"None|  |\.\.|[a-z]_[a-z]", text), text
    known = bibtex_keys(own_references())
    assert {key for group in cited_groups(text) for key in group} <= set(known)


def test_settings_and_facts_are_those_of_the_results() -> None:
    write = load_technique("diffraction").methods
    assert write is not None
    result = _result("diffraction", anode="Cu", wavelength_angstrom=1.540593)
    text = write([result.stamped(settings={**result.settings, "shape_factor": 0.94, "instrument": "LaB6.xrdml"})])
    assert "with Cu Kα radiation (λ = 1.54059 Å)" in text
    assert "K = 0.94" in text
    assert "removed by Voigt deconvolution" in text
    assert "lower bounds" in write([result])


def test_ionic_conductivity_says_range_leads_and_line() -> None:
    write = load_technique("ionic_conductivity").methods
    assert write is not None
    result = _result("ionic_conductivity", least_frequency_hertz=0.1, greatest_frequency_hertz=7e6)
    text = write([result])
    assert "between ion-blocking electrodes were recorded from 100 mHz to 7 MHz" in text
    assert "Leads and contacts of up to 0.5 Ω are part of the uncertainty." in text
    assert "activation energy" not in text
    series = result.stamped(
        settings={**result.settings, "contact_resistance_ohm": 0.4, "circuit": "R0-CPEe", "arrhenius": "sigma"},
        quantities={"series.activation_energy": Quantity(0.36, "eV")},
    )
    text = write([series])
    assert "measured without a pellet and subtracted" in text
    assert "The circuit R0-CPEe was fitted" in text
    assert "the slope of ln σ over 1/T" in text


def test_references_stand_in_the_text_without_a_list() -> None:
    results = [_result("sorption", adsorptive="N2")]
    bare = methods_sections(results, {"general": "Powders were milled."}, None)
    assert [section.title for section in bare] == ["General", "Gas sorption", "Evaluation of the data"]
    assert "(Brunauer et al., J. Am. Chem. Soc. 60 (1938) 309)" in bare[1].text
    assert "[@" not in "".join(section.text for section in bare)
    listed = methods_sections(results, {"sorption": "Samples were dried."}, Bibliography(bibtex=""))
    assert listed[0].text.startswith("Samples were dried. Sorption isotherms of N2")
    assert "[@hc-brunauer1938]" in listed[0].text


def test_texts_that_are_known_already_give_the_same_sections() -> None:
    results = [_result("sorption", adsorptive="N2"), _result("raman", laser_nm=532.0)]
    said = {one.technique: technique_text(one.technique, {one.id: one}) for one in results}
    own = {"raman": "Powders were pressed.", "general": "All was done twice."}
    assert methods_sections(results, own, None, said) == methods_sections(results, own, None)


def _said(name: str, *results: Result) -> str:
    write = load_technique(name).methods
    assert write is not None
    return write(results)


def test_a_sentence_holds_for_each_subject_that_it_names() -> None:
    """What only some files state, or state differently, is said of these; what was not done is not said."""
    fast = _result("voltammetry").stamped(label="Pt", quantities={"scan_rate": Quantity(100.0, "mV/s")})
    unknown = _result("voltammetry").stamped(label="Au", quantities={"scan_rate": Quantity(float("nan"), "mV/s")})
    assert "recorded at 100 mV s^{−1} (Pt)." in _said("voltammetry", fast, unknown)
    assert "recorded at 100 mV s^{−1}." in _said("voltammetry", fast)
    assert "recorded." in _said("voltammetry", unknown)

    plain = _result("impedance").stamped(label="A")
    cut = plain.stamped(label="B", notes=(Note("correction", "outliers_dropped", "1 point"),))
    assert "left out" not in _said("impedance", plain)
    assert "were left out (B)." in _said("impedance", plain, cut)

    cold, silent = _result("sorption", temperature_kelvin=77.0, adsorptive="N2"), _result("sorption", adsorptive="N2")
    assert "of N2 were recorded at 77 K (MOF)" in _said(
        "sorption", cold.stamped(label="MOF"), silent.stamped(label="C")
    )
    short = silent.stamped(label="MOF", notes=(Note("doubt", "few_points", "9 points"),))
    assert "or of at least 4 where none of these is valid (MOF)" in _said("sorption", silent, short)

    bare = silent.stamped(quantities={"bet_area": Quantity(1000.0, "m2/g")})
    assert "The BJH pore sizes" in _said("sorption", bare)
    assert "t-plot" not in _said("sorption", bare)

    first = _result("diffraction", anode="Cu", wavelength_angstrom=1.540598)
    second = _result("diffraction", anode="Cu", wavelength_angstrom=1.540593)
    assert "with Cu Kα radiation (λ = 1.5406 Å)" in _said("diffraction", first, second)


def test_cycling_names_constant_voltage_and_the_c_rate_of_each() -> None:
    silicon, oxide = (
        _result("cycling").stamped(label=label, settings={"one_c_ma_per_g": one_c})
        for label, one_c in (("Si", 3579.0), ("LNMO", 140.0))
    )
    held = oxide.stamped(rows=({"charge_cv_share": 40.0, "discharge_cv_share": 0.0},))
    assert "cycled galvanostatically" in _said("cycling", silicon, oxide)
    text = _said("cycling", silicon, held)
    assert "at constant current, with parts at constant voltage (LNMO)" in text
    assert "1C stands for 3579 mA g^{−1} (Si) and 140 mA g^{−1} (LNMO)." in text
