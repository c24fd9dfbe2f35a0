"""Cycling: capacities per gram beyond what matter holds, and the mass that the instrument's file states."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.materials.capacity_limits import HIGHEST_MAH_PER_G, capacity_limit
from halfcell.readers import read
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Parameters, Settings

HALF = Settings(kind=CellKind.HALF, active_mass_mg=1.2)


def _test(**vendor: object) -> Measurement:
    """3384 and 3129 mAh/g of 1.2 mg."""
    made = cycling.simulate(Parameters(points=30, fine_points=60, cycles=3), np.random.default_rng(7))
    return dataclasses.replace(made, meta={**made.meta, "vendor": vendor})


def _said(result: CyclingResult, code: str) -> str:
    return " ".join(note.text for note in result.notes if note.code == code)


def _with(**given: object) -> CyclingResult:
    return cycling.analyse(_test(), dataclasses.replace(HALF, **given))


def test_a_mass_in_gram_is_refused_with_its_reason() -> None:
    result = _with(active_mass_mg=1.2e-3)
    assert "is the mass in mg?" in _said(result, "capacity_impossible")
    assert result["initial_charge_capacity"].unit == "mAh"
    assert result.rows[0]["charge_capacity"] == pytest.approx(3129.2 * 1.2e-3, rel=1e-6)
    assert not _said(result, "mass_basis")


@pytest.mark.parametrize(
    ("given", "limit"),
    [
        ({"material": "graphite"}, "372"),
        ({"material": "Si/graphite-50"}, "1975"),
        ({"composition_wt_percent": {"Si": 50.0, "graphite": 50.0}}, "1975"),
        ({"active_mass_mg": 0.8}, "4199"),
    ],
)
def test_more_than_the_material_holds_is_doubted(given: dict[str, object], limit: str) -> None:
    result = _with(**given)
    assert f"({limit} mAh/g" in _said(result, "capacity_above_theory")
    assert result["initial_charge_capacity"].unit == "mAh/g"


@pytest.mark.parametrize("given", [{}, {"material": "Si"}, {"material": "a name of ours"}, {"material": "CoSi2"}])
def test_what_the_material_holds_is_not_doubted(given: dict[str, object]) -> None:
    result = _with(**given)
    assert not _said(result, "capacity_above_theory") + _said(result, "capacity_impossible")


def test_the_files_own_mass() -> None:
    other = _test(mass_g=0.00125)
    assert "the file states 1.25 mg" in _said(cycling.analyse(other, Settings(kind=CellKind.HALF)), "mass_missing")
    assert "1.25 mg" in _said(cycling.analyse(other, HALF), "mass_not_the_files")
    near = dataclasses.replace(HALF, active_mass_mg=1.26)
    assert not _said(cycling.analyse(other, near), "mass_not_the_files")


@pytest.mark.parametrize(
    "vendor",
    [
        {"active_mass_mg": 1.0},
        {"Characteristic mass": "0,001 g"},
        {"Mass of active material": "0.001 mg"},
        {"mass": ""},
    ],
)
def test_a_mass_nobody_typed_is_none(vendor: dict[str, object]) -> None:
    assert not _said(cycling.analyse(_test(**vendor), HALF), "mass_not_the_files")


def test_a_mass_as_biologic_writes_it() -> None:
    result = cycling.analyse(_test(**{"Mass of active material": "1,390 mg"}), HALF)
    assert "1.39 mg" in _said(result, "mass_not_the_files")


def test_the_mass_in_a_file_of_arbin_is_told_and_not_taken(data: Path) -> None:
    measured = read(data / "cycling" / "arbin" / "20160805_test001_45_cc_01.res.gz")
    assert "the file states 0.8528 mg" in _said(cycling.analyse(measured, Settings(kind=CellKind.HALF)), "mass_missing")


def test_the_highest_capacity_of_any_host() -> None:
    assert pytest.approx(4199, abs=1) == HIGHEST_MAH_PER_G
    assert capacity_limit("", {}) == (HIGHEST_MAH_PER_G, "Li22Si5, the most that any host takes up")
    assert capacity_limit("", {"Si": 90.0, "unknown": 10.0})[0] == pytest.approx(0.9 * 3579 + 0.1 * 4199, abs=1)
    assert capacity_limit("", {"CoSi2": 100.0})[0] == HIGHEST_MAH_PER_G


def test_a_tiny_cell_shows_digits_and_counters_never_reset_is_said() -> None:
    made = _test()
    columns = {name: values * 1e-6 if name == "current_ampere" else values for name, values in made.columns.items()}
    columns = {name: values for name, values in columns.items() if "capacity" not in name and "energy" not in name}
    tiny = Measurement(technique="cycling", columns=columns, meta=made.meta)
    result = cycling.analyse(tiny, Settings(kind=CellKind.HALF))
    assert result["initial_discharge_capacity"].number == f"{3384.3 * 1.2e-9:.9f}"
    counted = cycling.analyse(made, HALF)
    assert "they never reset;" in _said(counted, "charge_source")
