"""Thermogravimetric files of more makers: TRIOS workbooks and Setaram text, in their layouts; residue after a hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import openpyxl
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read
from halfcell.techniques import thermogravimetry
from halfcell.techniques.thermogravimetry import Settings
from spoiled_files import survives_changed_bytes

if TYPE_CHECKING:
    from pathlib import Path

RAMP, HOLD = 60, 40  # minutes at 10 degC/min, and at the end


def _masses() -> tuple[np.ndarray, np.ndarray]:
    """Temperatures and masses of a sample that loses half of it at 300 degC, and a tenth of the rest in a hold."""
    temperature = 30.0 + 10.0 * np.arange(0, RAMP, 1 / 6)
    mass = 10.0 - 5.0 / (1.0 + np.exp(-(temperature - 300.0) / 12.0))
    return temperature, mass


def _trios(path: Path, *, unit: str = "mg", whole: bool = True) -> None:
    temperature, mass = _masses()
    held = mass[-1] * (1.0 - 0.1 * np.linspace(0.0, 1.0, 6 * HOLD))
    book = openpyxl.Workbook()
    details = book.active
    details.title = "Details"
    for row in (
        ("Filename", "x.tri"),
        ("Trios version", "5.5.1.5"),
        ("Sample Name", "resin"),
        ("Sample Mass", "10.0 mg"),
    ):
        details.append(row)
    segments = (("Ramp", temperature, mass, 0.0), ("Isothermal", np.full(6 * HOLD, temperature[-1]), held, float(RAMP)))
    for name, degc, milligram, start in segments[: 2 if whole else 1]:
        sheet = book.create_sheet(name)
        sheet.append((name,))
        sheet.append(("Time", "Temperature", "Weight", "Weight"))
        sheet.append(("min", "°C", unit, "%"))
        for k, (t, m) in enumerate(zip(degc, milligram, strict=True)):
            sheet.append((start + k / 6, float(t), float(m), 10.0 * float(m)))
    book.save(path)


def test_trios_workbook_and_the_residue_after_its_hold(tmp_path: Path) -> None:
    _trios(tmp_path / "run.xlsx")
    run = read(tmp_path / "run.xlsx")
    assert run.source.reader == "ta_trios"
    assert (run.meta["title"], run.meta["sample_mass_mg"]) == ("resin", 10.0)
    assert run["stage_count"].max() == 2
    assert run["test_time_second"][-1] == pytest.approx((RAMP + HOLD) * 60.0 - 10.0)
    result = thermogravimetry.analyse(run, Settings())
    assert result["residue"].value == pytest.approx(50.0, abs=0.2)
    assert result["residue_after_hold"].value == pytest.approx(45.25, abs=0.05)
    assert result["hold_time"].value == pytest.approx(HOLD, abs=0.2)


def test_no_hold_no_residue_after_it(tmp_path: Path) -> None:
    _trios(tmp_path / "run.xlsx", whole=False)
    assert "residue_after_hold" not in thermogravimetry.analyse(read(tmp_path / "run.xlsx"), Settings()).quantities


def test_trios_with_an_unknown_unit_names_it(tmp_path: Path) -> None:
    _trios(tmp_path / "run.xlsx", unit="lb")
    with pytest.raises(InputError, match="unknown unit of mass: 'lb'"):
        read(tmp_path / "run.xlsx")


def _setaram(mass: np.ndarray, temperature: np.ndarray) -> bytes:
    head = "MYRUN\r\nCreation Date : 26/07/2024\r\n\r\nTG :\r\n Initial Mass : 10.00 mg\r\n\r\n"
    heads = "Index Time       Furnace        Sample         TG         HeatFlow\r\n"
    rows = [
        f"{k}     {10.0 * k:.1f}          {t + 3:.5f}       {t:.5f}      {m:.6f} -11.2   \r\n"
        for k, (t, m) in enumerate(zip(temperature, mass, strict=True), 1)
    ]
    return (head + heads + "".join(rows)).encode("utf-16")


def test_setaram_text(tmp_path: Path) -> None:
    temperature, mass = _masses()
    path = tmp_path / "setaram.txt"
    path.write_bytes(_setaram(mass, temperature))
    run = read(path)
    assert run.source.reader == "setaram_text"
    assert run["temperature_degc"] == pytest.approx(temperature, abs=1e-4)
    assert run["mass_milligram"] == pytest.approx(mass, abs=1e-5)
    assert {note.code for note in run.notes} == {"units_assumed"}
    assert thermogravimetry.analyse(run, Settings())["step1.loss"].value == pytest.approx(50.0, abs=0.5)


def test_a_calorimeters_run_without_a_balance_is_refused(data: Path) -> None:
    """A real export of Calisto: its TG is 240.908142 mg in all 13,002 records."""
    with pytest.raises(InputError, match="the balance recorded nothing"):
        read(data / "more/tga/setaram_dsc.txt.gz")


def test_a_burn_off_at_constant_temperature() -> None:
    """Proximate analysis: heated in nitrogen to 630 degC, then air at that temperature burns 30 of the 50 wt% left."""
    temperature, mass = _masses()
    count = 6 * HOLD
    hold, burn = np.full(count, mass[-1]), mass[-1] - 3.0 * (1.0 - np.exp(-np.arange(count) / 30.0))
    levels = np.concatenate([temperature, np.full(2 * count, temperature[-1])])
    columns = {
        "test_time_second": 10.0 * np.arange(len(levels)),
        "temperature_degc": levels,
        "mass_milligram": np.concatenate([mass, hold, burn]) + np.random.default_rng(0).normal(0.0, 0.002, len(levels)),
        "stage_count": np.repeat([1.0, 2.0, 3.0], [len(mass), count, count]),
    }
    meta = {"gases": [[1, "Nitrogen"], [3, "Air"]]}
    result = thermogravimetry.analyse(
        Measurement(technique="thermogravimetry", columns=columns, meta=meta), Settings(drift_doubt_mg=0.01)
    )
    assert result["char_yield"].value == pytest.approx(30.0, abs=2.0 * (result["char_yield"].std or 0.0))
    assert result["residue_after_hold"].value == pytest.approx(50.0, abs=0.1)
    assert result["step1.loss"].value == pytest.approx(50.0, abs=0.2)


@pytest.mark.parametrize("seed", range(4))
def test_changed_bytes_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    temperature, mass = _masses()
    (tmp_path / "in").mkdir()
    path = tmp_path / "in/setaram.txt"
    path.write_bytes(_setaram(mass, temperature))
    survives_changed_bytes(path, tmp_path, seed, 40)
    _trios(tmp_path / "in/run.xlsx")
    survives_changed_bytes(tmp_path / "in/run.xlsx", tmp_path, seed, 40)


def test_a_setaram_text_that_was_cut_loses_rows_only(tmp_path: Path) -> None:
    temperature, mass = _masses()
    content = _setaram(mass, temperature)
    path = tmp_path / "cut.txt"
    path.write_bytes(content[: len(content) * 3 // 8 * 2])
    run = read(path)
    count = len(run)
    assert 200 < count < len(mass)
    assert run["mass_milligram"] == pytest.approx(mass[:count], abs=1e-5)
