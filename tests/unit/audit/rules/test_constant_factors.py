"""A column that is off by one factor in every row is asked about; what a share or two sides explain is not."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

HEAD = "Sample; Active mass (mg); Active loading (mg cm-2); Specific capacity (mAh g-1); Areal capacity (mAh cm-2)"
ROWS = ((3.42, 351.2), (5.18, 349.8), (7.95, 347.1))
DISC_12, DISC_14 = 1.1310, 1.5394  # cm2, π d² / 4


def _table(area: float, other: float, unit: float = 1.0) -> str:
    """Loadings by one area, areal capacities by another, in a unit."""
    lines = [
        f"{place}; {mass}; {mass / area:.3f}; {specific}; {mass * specific / 1000 / other * unit:.4g}"
        for place, (mass, specific) in enumerate(ROWS)
    ]
    return "\n".join([HEAD, *lines])


def _asked(rows: str, text: str = "") -> list[str]:
    made = report(("Table 1", "Electrodes", rows), text=(text,), rules=("constant_factors",))  # type: ignore[arg-type]
    return [finding.explain for finding in findings(made, "constant_factors")]


def test_a_right_table() -> None:
    assert _asked(_table(DISC_12, DISC_12), "Discs with a diameter of 12 mm were used.") == []


def test_an_areal_capacity_by_the_area_of_another_disc() -> None:
    """(12 / 14)² = 0.735; every row has it, so the heads are read rightly, and the area is wrong."""
    assert "0.7347 times" in _asked(_table(DISC_12, DISC_14))[0]


def test_a_unit_that_slipped_in_the_whole_column() -> None:
    assert "a power of ten" in _asked(_table(DISC_12, DISC_12, unit=1000))[0]


def test_the_area_of_all_rows_is_none_of_the_stated_ones() -> None:
    found = _asked(_table(DISC_14, DISC_14), "Electrodes 12 mm in diameter were punched.")
    assert "a disc of 14 mm" in found[0]
    assert "12 mm" in found[0]
    assert _asked(_table(DISC_14, DISC_14), "Discs of 12 mm diameter, others with a diameter of 14 mm.") == []


@pytest.mark.parametrize("share", [0.94, 0.80])
def test_a_mass_that_is_not_said_to_be_active_may_hold_a_share(share: float) -> None:
    """The areal capacity counts the active share of a coating."""
    lines = [f"{n}; {load}; {q}; {load * q * share / 1000:.3f}" for n, (load, q) in enumerate(ROWS)]
    rows = "\n".join(["Sample; Coating mass (mg cm-2); Capacity (mAh g-1); Areal capacity (mAh cm-2)", *lines])
    assert _asked(rows) == []


def test_two_sides() -> None:
    lines = [f"{n}; {load}; {q}; {load * q * 2 / 1000:.3f}" for n, (load, q) in enumerate(ROWS)]
    rows = "\n".join(["Sample; Active loading (mg cm-2); Capacity (mAh g-1); Areal capacity (mAh cm-2)", *lines])
    assert _asked(rows) == []


def test_columns_that_hardly_vary_have_any_constant_quotient() -> None:
    rows = "Cell; Current (mA); Voltage (V); Power (mW)\nA; 1.00; 3.60; 4.20\nB; 1.01; 3.60; 4.24\nC; 1.00; 3.61; 4.21"
    assert _asked(rows) == []


@pytest.mark.parametrize(("area", "asked"), [(0.7854, 0), (3.1416, 1)])
def test_a_conductivity_by_the_radius_in_the_place_of_the_diameter(area: float, asked: int) -> None:
    """Pellets of 10 mm have π 10² / 4 = 78.54 mm²; π 10² is four times as much."""
    pellets = ((0.92, 41.9), (1.31, 28.3), (0.88, 17.1))
    lines = [f"{n}; {thick}; {r}; {thick / 10 / r / area * 1000:.3f}" for n, (thick, r) in enumerate(pellets)]
    rows = "\n".join(["Sample; Thickness (mm); Resistance (Ω); Conductivity (mS cm-1)", *lines])
    found = _asked(rows, "The pellets have a diameter of 10 mm.")
    assert len(found) == asked
    assert all("3.14" in explain for explain in found)


def test_a_charge_is_no_factor_times_a_discharge_over_a_mass() -> None:
    """Delithiation is 0.84 to 0.90 of lithiation in all rows: that is an efficiency, and no wrong mass."""
    table = (
        "Electrode; Active mass (mg); First lithiation capacity (mAh); First delithiation capacity (mAh/g)\n"
        "E1; 1.2; 3.6; 2700\nE2; 1.1; 3.19; 2552\nE3; 1.3; 3.77; 2430\nE4; 1; 2.8; 2464"
    )
    assert not report(("Table 1", "Half cells", table), rules=("constant_factors",)).alarms
