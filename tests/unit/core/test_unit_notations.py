"""One notation of units, and those of UCUM and QUDT."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from halfcell.core import unit_notations
from halfcell.core.unit_notations import notations
from halfcell.core.units import parse


# UCUM codes: those that the QUDT vocabulary gives for its units (ucumCode), and the tables of https://ucum.org/ucum
@pytest.mark.parametrize(
    ("printed", "text", "ucum", "qudt"),
    [
        ("mAh/g", "mAh g^-1", "mA.h.g-1", "MilliA-HR-PER-GM"),
        ("mAh g^{−1}", "mAh g^-1", "mA.h.g-1", "MilliA-HR-PER-GM"),
        ("mAh g^-1", "mAh g^-1", "mA.h.g-1", "MilliA-HR-PER-GM"),
        ("°C", "degC", "Cel", "DEG_C"),
        ("degC", "degC", "Cel", "DEG_C"),
        ("S/cm", "S cm^-1", "S.cm-1", "S-PER-CentiM"),
        ("Wh/kg", "Wh kg^-1", "W.h.kg-1", "W-HR-PER-KiloGM"),
        ("cm2/s", "cm2 s^-1", "cm2.s-1", "CentiM2-PER-SEC"),
        ("m2/g", "m2 g^-1", "m2.g-1", "M2-PER-GM"),
        ("1/cm", "cm^-1", "cm-1", "PER-CentiM"),
        ("Å", "angstrom", "Ao", "ANGSTROM"),
        ("µm", "um", "um", "MicroM"),
        ("ohm cm2", "ohm cm2", "Ohm.cm2", ""),
        ("kΩ", "kohm", "kOhm", "KiloOHM"),
        ("mWh", "mWh", "mW.h", ""),
        ("mA cm^{−2}", "mA cm^-2", "mA.cm-2", ""),
        ("°", "degree", "deg", "DEG"),
        ("eV", "eV", "eV", "EV"),
        ("wt%", "wt%", "%{wt}", "PERCENT"),
        ("%/cycle", "% cycle^-1", "%.{cycle}-1", ""),
        ("10^-10 J", "10^-10 J", "10*-10.J", ""),
        ("S K/cm", "S K cm^-1", "S.K.cm-1", ""),
        ("ohm s^-1/2", "ohm s^-1/2", "", ""),
        ("S s^n", "S s^n", "", ""),
        ("", "", "1", "UNITLESS"),
    ],
)
def test_a_unit_in_three_notations(printed: str, text: str, ucum: str, qudt: str) -> None:
    assert notations(printed) == (text, ucum, f"https://qudt.org/vocab/unit/{qudt}" if qudt else "")
    assert notations(text).text == text


def test_our_notation_means_the_printed_unit() -> None:
    for unit in ("mAh/g", "S K/cm", "10^-10 J", "m2/g", "%/cycle", "mg cm^{−2}", "ohm cm2", "mV/s"):
        printed, ours = parse(unit), parse(notations(unit).text)
        assert printed is not None
        assert ours is not None
        assert (printed.scale, printed.dimension, printed.kind) == (ours.scale, ours.dimension, ours.kind)


def test_the_tables_are_of_units_that_are_known() -> None:
    with Path(unit_notations.__file__).with_suffix(".toml").open("rb") as file:
        table = tomllib.load(file)
    ours = [unit for unit in table["qudt"] if unit != "1"]
    assert [unit for unit in ours if parse(unit) is None or notations(unit).text != unit] == []


def test_what_is_no_unit_keeps_its_text() -> None:
    assert notations("a.u. (log)") == ("a.u. (log)", "", "")
