"""Cycling on real files whose answers the instruments' own counters hold (answers.json of the test data)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.readers import read
from halfcell.techniques import cycling
from halfcell.techniques.cycling import Settings

KINDS = {
    "arbin/20160805_test001_45_cc_01.res.gz": (CellKind.HALF, 18, 17),
    "arbin/20210210_FC_01_cc_01.res.gz": (CellKind.FULL, 2, 2),
    "arbin/20210210_FC_01_cc_04.res.gz": (CellKind.FULL, 19, 19),
}


def _answers(data: Path, name: str) -> list[dict[str, Any]]:
    answers = json.loads((data / "cycling" / "answers.json").read_text(encoding="utf-8"))
    return list(answers[name]["cycles"])


@pytest.mark.parametrize("source", ["auto", "integral"])
@pytest.mark.parametrize("name", KINDS)
def test_every_cycle_as_the_instrument_counted_it(data: Path, name: str, source: str) -> None:
    kind, cycles, complete = KINDS[name]
    result = cycling.analyse(read(data / "cycling" / name), Settings(kind=kind, charge_from=source))  # type: ignore[arg-type]
    assert result["cycle_count"].value == cycles
    assert result["complete_cycle_count"].value == complete
    for row, answer in zip(result.rows, _answers(data, name), strict=False):
        for way, key in (("discharge", "qd"), ("charge", "qc")):
            if answer[key]:
                assert row[f"{way}_capacity"] == pytest.approx(answer[key], rel=1e-3)
        if row["complete"]:
            assert row["coulombic_efficiency"] == pytest.approx(answer["CE_percent"], abs=0.05)
            assert row["mean_charge_voltage"] == pytest.approx(answer["Vmean_chg"], abs=1e-3)
            assert row["mean_discharge_voltage"] == pytest.approx(answer["Vmean_dis"], abs=1e-3)


def test_silicon_half_cell_as_printed(data: Path) -> None:
    measurement = read(data / "cycling" / "arbin/20160805_test001_45_cc_01.res.gz")
    result = cycling.analyse(measurement, Settings(kind=CellKind.HALF))
    assert result["initial_discharge_capacity"].value == pytest.approx(1.755094, abs=1e-6)
    assert result["initial_charge_capacity"].value == pytest.approx(1.625406, abs=1e-6)
    assert result["initial_coulombic_efficiency"].number == "92.61"
    assert result.rows[-1]["complete"] is False
    assert result["reference_cycle"].value == 4  # cycles 1 to 3 ran at half the current


def test_graphite_by_rate_with_holds_at_constant_voltage(data: Path) -> None:
    """20 cycles at 0.1, 0.33, 0.5, 1, 2 and 0.1 C of 350 mA/g; cycle 21 is one row and no cycle."""
    polars = pytest.importorskip("polars")
    name = "derived/20231115_rate_graphite_halfcell.bdf.parquet"
    frame = polars.read_parquet(data / "cycling" / name)
    test = Measurement(technique="cycling", columns={c: frame[c].to_numpy().astype(float) for c in frame.columns})
    settings = Settings(kind=CellKind.HALF, active_mass_mg=15.4071, one_c_ma_per_g=350.0)
    result = cycling.analyse(test, settings)
    assert result["cycle_count"].value == result["complete_cycle_count"].value == 20
    for row, answer in zip(result.rows, _answers(data, name), strict=False):
        assert row["discharge_capacity"] == pytest.approx(answer["qd_mAh_g"], rel=1e-3)
        assert row["charge_capacity"] == pytest.approx(answer["qc_mAh_g"], rel=1e-3)
        assert row["coulombic_efficiency"] == pytest.approx(answer["CE_percent"], abs=0.05)
    rates = [(b["cycles"], round(float(b["c_rate"] or 0), 2)) for b in result.blocks]
    assert rates == [(3, 0.1), (5, 0.33), (3, 0.5), (3, 1.0), (3, 2.0), (3, 0.1)]
    held = [float(block["discharge_cv_share"] or 0) for block in result.blocks]
    assert held[0] < 3.0
    assert 30.0 < held[1] < held[2] < held[3] < held[4]
    assert all(block["charge_cv_share"] == 0.0 for block in result.blocks)
    assert result.blocks[-1]["charge_recovery"] == pytest.approx(99.46, abs=0.01)
    assert result["reference_cycle"].value == 1


def test_a_full_cell_in_four_files_is_one_test(data: Path) -> None:
    """Formation, two titrations by pulses, then C/20, C/10, ... 2 C and C/20 again, in files of any order."""
    order = (3, 1, 4, 2)
    parts = [read(data / "cycling" / f"arbin/20210210_FC_01_cc_0{number}.res.gz") for number in order]
    result = cycling.analyse(cycling.join(parts), Settings(kind=CellKind.FULL))
    assert result["cycle_count"].value == result["complete_cycle_count"].value == 23
    assert [row["role"] for row in result.rows] == ["formation"] * 2 + ["pulses"] * 2 + ["cycling"] * 19
    answers = [a for n in (1, 2, 3, 4) for a in _answers(data, f"arbin/20210210_FC_01_cc_0{n}.res.gz") if a["qc"]]
    for row, answer in zip(result.rows, answers, strict=True):
        assert row["charge_capacity"] == pytest.approx(answer["qc"], rel=1e-3)
        assert row["coulombic_efficiency"] == pytest.approx(answer["CE_percent"], abs=0.05)
        assert row["instrument_cycle"] == answer["cycle_count"]
    blocks = [(b["role"], b["cycles"], round(float(b["discharge_current"] or 0), 2)) for b in result.blocks]
    assert blocks == [
        ("formation", 2, 0.18), ("pulses", 2, 0.72), ("cycling", 3, 0.18), ("cycling", 3, 0.36), ("cycling", 3, 0.72),
        ("cycling", 1, 1.81), ("cycling", 3, 3.62), ("cycling", 3, 7.24), ("cycling", 3, 0.18),
    ]  # fmt: skip
    assert result["initial_coulombic_efficiency"].value == pytest.approx(87.0495, abs=0.01)


def test_pulses_between_records_are_counted_by_the_instrument(data: Path) -> None:
    """Every 0.46 s a pulse of 0.06 s: only the counter knows its charge, 299.861 mAh."""
    result = cycling.analyse(read(data / "cycling" / "neware/2-1-6_61_07005012.nda.zip"), Settings(kind=CellKind.FULL))
    assert result.rows[0]["discharge_capacity"] == pytest.approx(299.861, rel=1e-3)
    assert "counters_differ" in {note.code for note in result.notes if note.level == "doubt"}


def test_the_vendor_counts_150_cycles_where_the_half_cycles_make_160(data: Path) -> None:
    measurement = read(data / "cycling" / "neware/nw4-120-1-6-53.ndax")
    result = cycling.analyse(measurement, Settings(kind=CellKind.CATHODE_HALF))
    assert result["cycle_count"].value == 160
    assert "instrument_counts" in {note.code for note in result.notes}
    assert max(int(row["instrument_cycle"] or 0) for row in result.rows) == 150


@pytest.mark.parametrize(
    ("name", "kind"),
    [("arbin/20160805_test001_45_cc_01.res.gz", CellKind.FULL), ("arbin/20210210_FC_01_cc_04.res.gz", CellKind.HALF)],
)
def test_a_swapped_kind_stops(data: Path, name: str, kind: CellKind) -> None:
    result = cycling.analyse(read(data / "cycling" / name), Settings(kind=kind))
    assert "kind_contradicted" in {note.code for note in result.notes if note.level == "refused"}
    assert {"initial_coulombic_efficiency", "capacity_retention", "energy_density"}.isdisjoint(result.quantities)
