"""Sentences beside tables: what is read and compared, and what is left alone."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import report

from halfcell.audit import Report

HEADS = (
    "Material; Initial discharge capacity (mAh/g); Initial charge capacity (mAh/g); ICE (%); "
    "Reversible capacity after 100 cycles (mAh/g); Capacity retention after 100 cycles (%)"
)
TABLE = f"{HEADS}\nSi; 3916.2; 3275.4; 83.6; 330.8; 10.1\nSi/Sn-10; 3384.3; 3129.2; 92.5; 1147.4; 36.7"


def _told(*text: str) -> Report:
    made = ("Table 1", "Performance of the anodes in half cells", TABLE)
    return report(made, rules=("text_statements",), text=text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Si/Sn-10 delivered an initial discharge capacity of 3384.3 mAh g−1.",
        "The initial discharge and charge capacities of Si are 3916.2 and 3275.4 mAh g-1.",
        "Si/Sn-10 exhibits a high initial Coulombic efficiency (ICE) of 92.5%.",
        "The ICEs of Si and Si/Sn-10 are 83.6 and 92.5 %, respectively.",
        "After 100 cycles, the Si/Sn-10 electrode delivered 1147.4 mAh g−1.",
        "Si/Sn-10 retained 36.7 % of its initial capacity after 100 cycles.",
        "The Si anode shows 10.1% capacity retention after 100 cycles.",
        "The ICE of Si/Sn-10 (92.5 %) is higher than that of Si.",
        "Si/Sn-10 delivered an initial discharge capacity of 3384 mAh g−1.",
    ],
)
def test_what_agrees(sentence: str) -> None:
    made = _told(sentence)
    assert [finding.verdict.value for finding in made.findings if finding.is_check] != []
    assert made.alarms == ()


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("Si/Sn-10 delivered an initial discharge capacity of 3834.3 mAh g−1.", "3834.3 mAh g−1"),
        ("The initial discharge and charge capacities of Si are 3916.2 and 3257.4 mAh g-1.", "3257.4 mAh g-1"),
        ("Si/Sn-10 exhibits a high initial Coulombic efficiency (ICE) of 95.2%.", "95.2 %"),
        ("The ICEs of Si and Si/Sn-10 are 86.3 and 92.5 %, respectively.", "86.3 %"),
        ("After 100 cycles, the Si/Sn-10 electrode delivered 1174.4 mAh g−1.", "1174.4 mAh g−1"),
        ("Si/Sn-10 retained 63.7 % of its initial capacity after 100 cycles.", "63.7 %"),
        ("The Si anode shows 11.1% capacity retention after 100 cycles.", "11.1 %"),
        ("Si/Sn-10 delivered 1147.4 mAh g−1 with a retention of 33.7 % after 100 cycles.", "33.7 %"),
    ],
)
def test_what_differs_is_asked_about(sentence: str, printed: str) -> None:
    made = _told(sentence)
    assert [(alarm.printed, alarm.severity, alarm.verdict.value) for alarm in made.alarms] == [
        (printed, "warning", "seen")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Si/Sn-10 delivered an initial discharge capacity of 3400 mAh g−1.",
        "Si/Sn-10 delivered about 3834 mAh g−1 in the first cycle.",
        "Si/Sn-10 delivered over 3500 mAh g−1.",
        "Kim et al. reported an ICE of 95.2 % for Si/Sn-10.",
        "The theoretical capacity of Si is 4200 mAh g−1.",
        "Si/Sn-10 delivered 2100.5 mAh g−1 at 1C.",
        "Si/Sn-10 delivered an initial discharge capacity of 2100.5 mAh g−1 at 1C.",
        "Si/Sn-10 delivered 900.1 mAh g−1 after 200 cycles.",
        "The Coulombic efficiency of Si/Sn-10 is 99.8 % after 100 cycles.",
        "The Si/Sn-10/C anode has an ICE of 95.2 %.",
        "The nano-Si anode has an ICE of 95.2 %.",
        "Si nanoparticles deliver an initial discharge capacity of 3500.5 mAh g−1.",
        "The carbon-coated Si has an ICE of 95.2 %.",
        "Compared with Si, Si/Sn-10 has an ICE that is higher by 8.9 %.",
        "The ICE of Si and Si/Sn-10 is 95.2 %.",
        "Si/Sn-10 lost 63.7 % of its initial capacity after 100 cycles.",
        "After 50 cycles Si/Sn-10 delivered 2000 mAh g−1, and the value fell to 1500 mAh g−1 after 80 cycles.",
        "The electrode delivered an initial discharge capacity of 3834.3 mAh g−1.",
        "Si/Sn-10 delivered an areal capacity of 3.4 mAh cm−2.",
    ],
)
def test_what_is_not_certain_is_left_alone(sentence: str) -> None:
    assert _told(sentence).alarms == ()


def test_numbers_of_one_sentence() -> None:
    text = "It has initial discharge and charge capacities of 2916.2 and 2275.4 mAh/g with an ICE of {} %."
    assert _told(text.format("78.0")).alarms == ()
    assert [alarm.printed for alarm in _told(text.format("87.0")).alarms] == ["87.0 %"]


def test_a_row_of_reported_results_is_no_own_one() -> None:
    table = (
        "Table 2",
        "Comparison with previously reported anodes",
        "Anode; ICE (%); Refs.\nSi@C; 80.1; 12\nSi; 77.0; 13",
    )
    made = report(table, rules=("text_statements",), text=("The ICE of Si is 83.6 %.",))
    assert made.alarms == ()
