"""The last-digit check in exact tables, and numbers that cannot all be true together."""

from __future__ import annotations

from fractions import Fraction

from tests.unit.audit.builders import findings, paper, report

from halfcell.audit import Settings, audit
from halfcell.audit.claims import Verdict

HEAD = "Cell; Mass of cathode active material (mg); Capacity (mAh g-1); Average voltage (V); Energy (mWh)"
ROWS = [("A", "12.18", "179.0", "3.63"), ("B", "12.51", "152.5", "3.56"), ("C", "11.97", "140.2", "3.54"),
        ("D", "12.33", "124.8", "3.52"), ("E", "12.02", "112.2", "3.50"), ("F", "12.27", "163.3", "3.59")]  # fmt: skip


def _table(last: str = "") -> str:
    lines = [HEAD]
    for name, m, q, v in ROWS:
        energy = f"{float(Fraction(m) * Fraction(q) * Fraction(v) / 1000):.3f}"
        lines.append("; ".join([name, m, q, v, last if last and name == "F" else energy]))
    return "\n".join(lines)


def test_exact_tables_raise_nothing() -> None:
    assert report(("Table 1", "Full cells", _table())).alarms == ()


def test_one_wrong_last_digit_stands_out() -> None:
    """7.194 instead of 7.193: far within the interval of 28 last digits, but the other five rows are exact."""
    alarms = report(("Table 1", "Full cells", _table("7.194"))).alarms
    assert [(a.rule, a.verdict, a.severity) for a in alarms] == [("energy", Verdict.INEXACT, "warning")]
    assert alarms[0].places[0].row == 6


def test_the_last_digit_check_can_be_switched_off() -> None:
    document = paper(("Table 1", "Full cells", _table("7.194")))
    assert audit(document, Settings(strict=False, checklist="none")).alarms == ()


def test_two_inexact_rows_raise_no_alarm() -> None:
    """The rows were calculated from unrounded data, so their last digits prove nothing."""
    table = _table("7.194").replace("7.914", "7.916")
    assert report(("Table 1", "Full cells", table)).alarms == ()


def test_jointly_impossible() -> None:
    """Each areal current fits its C-rate and the loading alone; 5.51 and 8.25 together fit no loading."""
    head = "Anode; Cathode; Solid electrolyte; Cathode loading (mg cm-2); Current density (mA cm-2)"
    first, *others = ("0.28", "0.55", "1.38", "2.75", "5.51", "8.25")
    rows = "\n".join([head, f"Si; NCM811; LPSC; 15.3; {first}", *(f"; ; ; ; {current}" for current in others)])
    text = ("Cells were cycled at room temperature, 1C = 180 mA g-1.",)
    found = audit(paper(("Table 1", "ASSLB full cells", rows), text=text), Settings(checklist="none"))
    joint = findings(found, "joint")
    assert [f.verdict for f in joint] == [Verdict.FAILS]
    assert "5.51" in joint[0].explain
    assert "8.25" in joint[0].explain
    good = audit(
        paper(("Table 1", "ASSLB full cells", rows.replace("5.51", "5.50")), text=text), Settings(checklist="none")
    )
    assert findings(good, "joint") == []
    assert all(f.verdict is not Verdict.FAILS for f in good.findings)


def test_rows_of_another_quantity_do_not_say_how_one_was_calculated() -> None:
    """The relative density of P2 is that of its unrounded density, 4.867 g cm-3; the densities are exact."""
    head = "Pellet; Mass (g); Diameter (mm); Thickness (mm); Density (g cm-3); Theoretical density (g cm-3)"
    rows = [
        "P1; 0.4012; 10.02; 1.08; 4.71; 5.10; 92.4", "P2; 0.4150; 9.98; 1.09; 4.87; 5.10; 95.4",
        "P3; 0.3891; 10.01; 1.03; 4.80; 5.10; 94.1",
    ]  # fmt: skip
    table = "\n".join([f"{head}; Relative density (%)", *rows])
    assert report(("Table 1", "Sintered pellets", table)).alarms == ()
    assert len(report(("Table 1", "Sintered pellets", table.replace("95.4", "98.4"))).alarms) == 1


def test_rows_in_another_unit_do_not_say_how_one_was_calculated() -> None:
    """Currents per mass are round; those per area, 0.216 mA cm-2 times the rate, are rounded."""
    head = "C-rate; Current density (mA g-1); Areal current (mA cm-2); Capacity (mAh g-1)"
    rows = ["0.1C; 18; 0.22; 178.3", "0.5C; 90; 1.08; 168.2", "1C; 180; 2.16; 159.9", "2C; 360; 4.32; 141.2"]
    table = "\n".join([head, *rows, "5C; 900; 10.80; 120.3"])
    assert report(("Table 1", "Rates", table)).alarms == ()


def test_two_sums_over_the_same_cells_with_different_factors() -> None:
    """The sum of masses and that of moles are different numbers: EDS of a right table is no contradiction."""
    rows = "Element; Weight %; Atomic %\nC; 8.42; 16.08\nO; 21.37; 30.64\nSi; 58.16; 47.50\nTi; 12.05; 5.77"
    assert report(("Table 1", "EDS", f"{rows}\nTotal; 100.00; 100.00")).alarms == ()


def test_a_row_whose_parts_add_up_is_not_asked_about() -> None:
    """8.12 / 11.16 and 11.30 / 15.55 are the same within rounding by chance; 9.46 + 3.61 = 13.07 holds."""
    rows = "Cell; m_cathode (mg); m_anode (mg); Total active mass (mg)\nA; 8.12; 3.04; 11.16"
    assert report(("Table 1", "Cells", f"{rows}\nB; 9.46; 3.61; 13.07\nC; 11.30; 4.25; 15.55")).alarms == ()
