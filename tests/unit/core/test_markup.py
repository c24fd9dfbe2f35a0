"""Markup: formulas are lowered, units raised, names left alone."""

from __future__ import annotations

import pytest

from halfcell.core import markup
from halfcell.core.markup import prose


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("Si/a-Sn/CoSi2/G/C", "Si/a-Sn/CoSi_{2}/G/C"),
        ("Si/Sn-10", "Si/Sn-10"),
        ("NCM811", "NCM811"),
        ("N90C5M5", "N90C5M5"),
        ("Li6PS5Cl", "Li_{6}PS_{5}Cl"),
        ("Li5.4PS4.4Cl1.6", "Li_{5.4}PS_{4.4}Cl_{1.6}"),
        ("Fig. S2 and Table S1", "Fig. S2 and Table S1"),
        ("panel B2", "panel B2"),
        ("N2 atmosphere", "N_{2} atmosphere"),
        ("TMS phases (FeSi2, NiSi2)", "TMS phases (FeSi_{2}, NiSi_{2})"),
        ("Sn K-edge at 10 K", "Sn K-edge at 10 K"),
        ("R_{ct} of Si/CoSi2", "R_{ct} of Si/CoSi_{2}"),
        ("CoSi_{2}, SO4^{2-}", "CoSi_{2}, SO_{4}^{2-}"),
        ("*{a} FeSi2", "*{a} FeSi_{2}"),
        ("CBV712, KB600 and CF05", "CBV712, KB600 and CF05"),
        ("PVP40, CNF10, BP2000", "PVP40, CNF10, BP2000"),
        ("KC24 and LiC12, C12H22O11", "KC_{24} and LiC_{12}, C_{12}H_{22}O_{11}"),
        ("Li1.05Ni0.8Co0.1Mn0.1O2", "Li_{1.05}Ni_{0.8}Co_{0.1}Mn_{0.1}O_{2}"),
        ("SSB1-F, SSB2 and NCM1", "SSB1-F, SSB2 and NCM1"),
        ("KPF6, HCO3, CH3COOH", "KPF_{6}, HCO_{3}, CH_{3}COOH"),
    ],
)
def test_numbers_of_a_formula_are_lowered(text: str, lowered: str) -> None:
    assert markup.formula(text) == lowered


def test_powers_of_units_are_raised() -> None:
    assert markup.unit("mAh g-1") == "mAh g^{−1}"
    assert markup.unit("mAh/g") == "mAh/g"
    assert markup.unit("cm3 g-1 STP") == "cm^{3} g^{−1} STP"
    assert markup.unit("mA cm-2") == "mA cm^{−2}"
    assert markup.unit("m2/g") == "m^{2}/g"
    assert markup.unit("ohm cm2") == "Ω cm^{2}"
    assert markup.unit("1/cm") == "cm^{−1}"
    assert markup.unit("um") == "µm"
    assert [markup.unit(text) for text in ("kohm", "uA cm-2", "1/angstrom")] == ["kΩ", "µA cm^{−2}", "Å^{−1}"]
    assert markup.unit("10^{−10} J") == "10^{−10} J"
    assert markup.unit("0.01-2.0 V") == "0.01-2.0 V"


def test_formulas_and_units_in_prose_are_marked_and_names_are_not() -> None:
    assert markup.prose("CoSi2 at 300 mA g-1 and 15.5 mg cm–2") == "CoSi_{2} at 300 mA g^{−1} and 15.5 mg cm^{−2}"
    assert markup.prose("Si/Sn-5, Sn-10, A-1, batch h") == "Si/Sn-5, Sn-10, A-1, batch h"
    assert markup.prose("pellets of 1.3 cm2 at 3 mV s-1") == "pellets of 1.3 cm^{2} at 3 mV s^{−1}"
    assert markup.prose("0.3 C and 60 degC, 3 um, ohm") == "0.3 C and 60 °C, 3 µm, ohm"
    assert markup.prose("at 300 mA g-1.") == "at 300 mA g^{−1}."
    assert markup.prose("V vs. Li+/Li, Li+ (x), C++") == "V vs. Li^{+}/Li, Li^{+} (x), C++"
    assert markup.prose("Fig. S2, cycle 1-2") == "Fig. S2, cycle 1-2"


def test_reciprocal_lengths_in_prose_are_raised() -> None:
    assert prose("k 3.0 to 12.0 1/angstrom") == "k 3.0 to 12.0 Å^{−1}"
    assert prose("shifted by 3 1/cm") == "shifted by 3 cm^{−1}"


def test_minus_signs_of_prose() -> None:
    assert prose("A residue of -0.53 wt% at -10 °C (-3), -194 to -95 eV") == (
        "A residue of −0.53 wt% at −10 °C (−3), −194 to −95 eV"
    )
    for name in ("Sn-10", "27-1402", "10 - 20", "a -b", "2026-11-28", "x^{-1}", "C -12-3", "-5a"):
        assert prose(name) == name


def test_runs_plain_html() -> None:
    text = "CoSi_{2} at 10^{−10} J < 1"
    assert markup.plain(text) == "CoSi2 at 10−10 J < 1"
    assert markup.html(text) == "CoSi<sub>2</sub> at 10<sup>−10</sup> J &lt; 1"
    assert markup.html("*{a} Si") == "<b>a</b> Si"
    assert markup.runs("a_{1}") == (("a", "base"), ("1", "sub"))
