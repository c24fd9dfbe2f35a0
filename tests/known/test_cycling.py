"""Cycling on real files whose answers the instruments' own counters hold (answers.json of the test data)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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
