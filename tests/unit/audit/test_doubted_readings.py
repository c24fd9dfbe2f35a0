"""Where no row agrees, the reading is doubted once; other readings that all rows follow are found."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit import Verdict


def test_commas_of_a_table_decide_together() -> None:
    rows = "t (°C); T (K); 1000/T (K-1)\n10; 283,15; 3,532\n30; 303,15; 3,299\n50; 323,15; 3,095"
    found = report(("Table 1", "Leitfähigkeit", rows))
    assert found.alarms == ()
    assert len([f for f in findings(found, "temperature_scales") if f.verdict is Verdict.HOLDS]) > 2
    wrong = report(("Table 1", "Leitfähigkeit", rows.replace("3,299", "3,929"))).alarms
    assert any("3.929" in alarm.explain for alarm in wrong)


def test_commas_of_a_document_decide_together() -> None:
    one = "Zelle; 1st discharge capacity (mAh/g); 1st charge capacity (mAh/g); ICE (%)\nA; 412,5; 371,2; 90,0"
    two = "Paste; Areal capacity (mAh cm-2)\nA; 1,254\nB; 2,381"
    found = report(("Table 1", "Halbzellen", one), ("Table 2", "Pasten", two))
    assert [float(r.readings[0].printed.value) for r in found.facts.records if r.table == "Table 2"] == [1.254, 2.381]


def test_grouped_thousands_stay_what_they_are() -> None:
    rows = "Cell; 1st discharge capacity (mAh/g); 1st charge capacity (mAh/g); ICE (%)\nA; 3,412; 2,871; 84.1"
    found = report(("Table 1", "Half cells of silicon", rows))
    assert [int(r.printed.value) for r in found.facts.records[0].readings[:2]] == [3412, 2871]


@pytest.mark.parametrize("name", ["SD", "Std. dev.", "Standard deviation", "RSD (%)", "± SD"])
def test_a_row_of_spreads_is_no_cell(name: str) -> None:
    cells = "Cell; Charge / mAh; Discharge / mAh; CE / %\nK1; 5.21; 4.62; 88.7\nK2; 5.34; 4.69; 87.8"
    rows = f"{cells}\n{name}; 0.09; 0.05; 0.6"
    assert report(("Table 1", "Replicates", rows)).alarms == ()


TURNED = (
    "t (min); 1st charge (mAh g-1); 1st discharge (mAh g-1); ICL (mAh g-1); ICL (%)\n"
    "0; 1874; 1312; 562; 30.0\n8; 1702; 1321; 381; 22.4\n16; 1533; 1318; 215; 14.0"
)


def test_first_capacities_named_the_other_way_round() -> None:
    caption = "Li half cells, 1st charge = lithiation, silicon anodes"
    found = report(("Table 1", caption, TURNED), rules=("irreversible_capacity",))
    assert found.alarms == ()
    assert [f.verdict for f in found.findings if f.verdict is Verdict.SEEN] == [Verdict.SEEN]
    wrong = TURNED.replace("381", "318")
    assert len(report(("Table 1", caption, wrong), rules=("irreversible_capacity",)).alarms) == 1


YIELDS = (
    "Run; Drying yield (%); Pyrolysis yield (%); Overall yield (%)\n"
    "1; 61.2; 48.3; 29.6\n2; 63.8; 47.1; 30.0\n3; 60.4; 49.9; 30.1"
)


def test_an_overall_yield_is_a_product() -> None:
    assert report(("Table 1", "Yields", YIELDS), rules=("sum_of_parts",)).alarms == ()
    (alarm,) = report(("Table 1", "Yields", YIELDS.replace("30.0", "33.0")), rules=("sum_of_parts",)).alarms
    assert "63.8 % × 47.1 %" in alarm.explain


def test_where_no_row_agrees_the_reading_is_doubted_once() -> None:
    head = "Run; Plastic work (nJ); Elastic work (nJ); Total work (nJ)\n"
    rows = f"{head}1; 3.1; 2.2; 9.9\n2; 4.1; 1.7; 8.8\n3; 2.7; 2.4; 7.7"
    found = report(("Table 1", "Indents", rows), rules=("sum_of_parts",))
    assert found.alarms == ()
    (note,) = found.findings
    assert note.verdict is Verdict.SEEN
    assert "none of its 3 numbers agrees" in note.explain
    two = report(("Table 1", "Indents", rows.replace("9.9", "5.3")), rules=("sum_of_parts",))
    assert len(two.alarms) == 2
