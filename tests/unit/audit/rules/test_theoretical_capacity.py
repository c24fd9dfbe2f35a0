"""Theoretical capacities of hosts and mixtures."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict
from halfcell.materials.alkali_hosts import bound
from halfcell.materials.carriers import Carrier
from halfcell.materials.couples import highest_capacity

HEAD = "Materials; Initial discharge capacity (mAh g-1); Initial charge capacity (mAh g-1)"


@pytest.mark.parametrize(
    ("row", "alarms"),
    [
        ("Pristine Si; 4100.0; 3275.4", 0),  # the first lithiation holds side reactions
        ("Pristine Si; 4100.0; 3975.4", 1),  # Li22Si5 is not reached at room temperature
        ("Si/Sn-20; 3262.1; 2955.7", 0),
        ("Si/Sn-20; 3462.1; 3295.7", 1),  # 80 % Si + 20 % Sn hold 3062
        ("Unknownium; 9999.0; 9999.0", 0),
    ],
)
def test_hosts_and_mixtures(row: str, alarms: int) -> None:
    assert (
        len(report(("Table 1", "Anodes in half cells", f"{HEAD}\n{row}"), rules=("theoretical_capacity",)).alarms)
        == alarms
    )


@pytest.mark.parametrize(("areal", "alarms"), [("1.65", 0), ("1.98", 1)])
def test_areal_over_loading(areal: str, alarms: int) -> None:
    table = f"Anode; Cathode; Cathode loading (mg cm-2); Areal capacity (mAh cm-2)\nSi; LFP; 10.2; {areal}"
    assert len(report(("Table 1", "Full cells", table), rules=("theoretical_capacity",)).alarms) == alarms


CATHODES = "Material; Initial discharge capacity (mAh g-1); Discharge capacity (mAh g-1)"


@pytest.mark.parametrize(
    ("row", "alarms"),
    [
        ("LiFePO4; 168.0; 165.0", 0),
        ("LFP/C; 150.0; 165.0", 0),
        ("LFP/C; 150.0; 195.0", 1),  # the carbon of a cathode composite takes up no lithium: 170 of LiFePO4
        ("NCM811; 306.0; 205.0", 1),  # a first discharge of a cathode is bounded: 275.5
        ("NMC-811; 206.0; 305.0", 1),
        ("LiNi0.8Co0.1Mn0.1O2; 206.0; 305.0", 1),
        ("NCM 8:1:1; 206.0; 305.0", 1),
        ("LiNi1/3Co1/3Mn1/3O2; 160.0; 305.0", 1),
        ("NCM9055; 230.0; 305.0", 1),
        ("NCM83; 210.0; 305.0", 1),
        ("NMC532; 170.0; 305.0", 1),
        ("LiNiO2; 240.0; 305.0", 1),
        ("LMFP; 150.0; 195.0", 1),
        ("LiMn0.8Fe0.2PO4; 150.0; 195.0", 1),
        ("LNMO; 135.0; 145.0", 0),
    ],
)
def test_cathodes(row: str, alarms: int) -> None:
    """x F / 3.6 M of the formulas: LiFePO4 170, LiNi0.8Co0.1Mn0.1O2 275.5, LiNiO2 274.5 mAh/g."""
    made = report(("Table 1", "Cathodes in half cells", f"{CATHODES}\n{row}"), rules=("theoretical_capacity",))
    assert len(made.alarms) == alarms


@pytest.mark.parametrize(
    ("host", "capacity"),
    [
        ("Sn", 959.5),  # Li17Sn4
        ("SiO", 2675.1),
        ("Sb", 660.4),
        ("Al", 993.3),
        ("P", 2595.9),
        ("S", 1671.9),
        ("Ge", 1623.7),
        ("LNO", 274.5),
        ("LMFP", 170.5),
        ("LNMO", 146.7),
        ("NCM83", 275.2),
        ("hard carbon", None),
        ("Si/C", 3578.7),
        ("graphite/hard carbon", None),
    ],
)
def test_capacities(host: str, capacity: float | None) -> None:
    """x F / 3.6 M, as tabulated for these hosts (Nitta et al. 2015); no stoichiometry bounds a hard carbon."""
    found = highest_capacity(host)
    assert (found and round(found.mah_per_g, 1)) == (pytest.approx(capacity, abs=0.2) if capacity else None)


def test_hard_carbon_above_lic6_is_no_alarm() -> None:
    table = f"{HEAD}\nHard carbon; 810.0; 590.0"
    assert not report(("Table 1", "Anodes in half cells", table), rules=("theoretical_capacity",)).alarms


def test_a_capacity_is_held_against_the_electrode_it_is_stated_for() -> None:
    """1200 mAh/g of the anode are no capacity of the cathode of the same row."""
    table = (
        "Anode; Cathode; Anode discharge capacity (mAh g-1); Cathode discharge capacity (mAh g-1)\nSi; LFP; 1200; 155"
    )
    assert not report(("Table 1", "Full cells", table), rules=("theoretical_capacity",)).alarms


def test_what_was_not_checked_asks_and_does_not_fail() -> None:
    made = report(("Table 1", "Anodes in half cells", f"{HEAD}\nP; 3200; 2900"), rules=("theoretical_capacity",))
    assert [finding.verdict for finding in made.alarms] == [Verdict.SEEN]


@pytest.mark.parametrize(
    ("caption", "host", "capacity", "verdict"),
    [
        ("Tin anodes in sodium-ion half cells", "Sn", "840", Verdict.WEAK),  # Na15Sn4: 847 mAh/g (Ma et al. 2018)
        ("Tin anodes in sodium-ion half cells", "Sn", "930", Verdict.FAILS),  # lithium's limit of 960 would let it pass
        ("Tin anodes in lithium-ion half cells", "Sn", "930", Verdict.WEAK),
        ("Graphite anodes in potassium half cells (vs. K+/K)", "Graphite", "270", Verdict.WEAK),  # KC8: 279 mAh/g
        ("Graphite anodes in potassium half cells (vs. K+/K)", "Graphite", "330", Verdict.FAILS),
        ("Tin anodes with sodium alginate as binder", "Sn", "930", Verdict.WEAK),  # the sodium of a salt is no carrier
    ],
)
def test_the_carrier_decides_the_limit(caption: str, host: str, capacity: str, verdict: Verdict) -> None:
    table = f"Anode; Reversible capacity (mAh/g)\n{host}; {capacity}"
    made = report(("Table 1", caption, table), rules=("theoretical_capacity",))
    assert [finding.verdict for finding in findings(made, "theoretical_capacity")] == [verdict]


def test_hard_carbon_has_no_limit_for_sodium() -> None:
    table = "Anode; Reversible capacity (mAh/g)\nhard carbon; 480"
    made = report(("Table 1", "Anodes of sodium-ion batteries", table), rules=("theoretical_capacity",))
    assert findings(made, "theoretical_capacity") == []


@pytest.mark.parametrize(
    ("name", "capacity"),
    [
        ("Si@C", 3578.6),
        ("Si-C", 3578.6),
        ("a-Si/C", 3578.6),
        ("artificial graphite (AG)", 371.9),
        ("LFP@C", 169.9),
        ("C-LFP", 169.9),
        ("carbon-coated LiFePO4", 169.9),
        ("single-crystal NCM811", 275.5),
        ("LiNbO3-coated NCM811", 275.5),
        ("NCM811/LPSCl", 275.5),
        ("Al2O3@NCM811", 275.5),
        ("Li2S/C", 1166.8),
        ("pre-lithiated Si", 3578.6),
        ("porous Si@C", 3578.6),
        ("Bi", 384.7),
        ("LVP", 197.1),
    ],
)
def test_composites_and_coatings_in_many_spellings(name: str, capacity: float) -> None:
    found = highest_capacity(name)
    assert found is not None
    assert found.mah_per_g == pytest.approx(capacity, abs=0.3)


@pytest.mark.parametrize("name", ["Li6PS5Cl", "Al2O3", "Unknownium@C", "hard carbon@C", "Si@Unknownium"])
def test_no_limit_where_there_is_none(name: str) -> None:
    assert highest_capacity(name) is None


@pytest.mark.parametrize(
    ("carrier", "name", "mah_per_g"),
    [
        ("Na", "Na3V2(PO4)2F3", 128.3),  # 128 mAh/g (Yuvaraj, Oh, Yoon 2019)
        ("Na", "NVP/C", 117.6),  # two of three Na; its carbon takes up none
        ("Na", "NaFePO4", 154.2),
        ("Na", "NaNi1/3Fe1/3Mn1/3O2", 240.0),  # one Na: 26801.5 / 111.7
        ("Na", "Na0.67Ni0.33Mn0.67O2", 258.8),  # may be filled to one Na: 26801.5 / 103.6
        ("Na", "Sn/C", 846.7),
        ("Na", "Sb/C", None),  # carbon may store as much as antimony does
        ("Na", "Sn/Sb-50", 753.5),  # half of each
        ("Na", "hard carbon", None),
        ("K", "Sn/hard carbon", None),
    ],
)
def test_limits_of_sodium_and_potassium(carrier: Carrier, name: str, mah_per_g: float | None) -> None:
    """x F / (3.6 M) with F = 26801.5 mAh/mol."""
    found = bound(carrier, name)
    assert (found and found.capacity[0]) == (pytest.approx(mah_per_g, abs=0.6) if mah_per_g else None)


def test_the_mean_voltage_of_a_sodium_couple_is_bounded() -> None:
    """Na3V2(PO4)3 works at 3.4 V: a cell of 3.74 V against sodium is asked about, one of 3.34 V is not."""
    table = "Anode; Cathode; Average voltage (V)\nNa; NVP; {}"
    for volt, alarms in (("3.34", 0), ("3.74", 1)):
        made = report(("Table 1", "Sodium-ion cells", table.format(volt)), rules=("mean_voltage",))
        assert len(made.alarms) == alarms
