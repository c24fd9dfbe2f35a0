"""Neware's binary files beside the vendor's own export (BTSDA) of the same tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.readers import read

FILES = (
    "2-1-6_61_07005012.nda.zip",
    "21_10_7_85.ndax",
    "46_1_5_60_bts16.ndax",
    "TESTCELL0001-Test_Data_Collection_Ndc17.ndax",
    "TestFile.nda.zip",
    "Unit27_Example_Corrupt.ndax",
    "interp-test.ndax",
    "nda_v22.nda.zip",
    "nda_v8.nda.zip",
    "new_nda_file.nda.zip",
    "nw4-120-1-6-53.ndax",
    "scrubbed_ndc2.ndax",
)
# ours, the vendor's, its unit, half of what the vendor prints last
EQUAL = (
    ("cycle_count", "Cycle Index", 1.0, 0.0),
    ("step_id", "Step Index", 1.0, 0.0),
    ("step_count", "Step Count", 1.0, 0.0),
    ("test_time_second", "Total Time", 1.0, 1e-3),
    ("step_time_second", "Time", 1.0, 1e-3),
    ("voltage_volt", "Voltage(mV)", 1e-3, 5.1e-5),
    ("current_ampere", "Current(uA)", 1e-6, 5.1e-7),
)


@pytest.mark.parametrize("name", FILES)
def test_equals_the_vendors_export(data: Path, name: str) -> None:
    polars = pytest.importorskip("polars")
    folder = data / "cycling/neware"
    vendor = polars.read_parquet(folder / f"{name.split('.nda', maxsplit=1)[0]}.btsda.parquet")
    run = read(folder / name)
    assert len(run) == len(vendor)
    for ours, theirs, unit, resolution in EQUAL:
        expected = vendor[theirs].cast(polars.Float64).to_numpy() * unit
        slack = 4e-6 * np.abs(expected) if ours == "current_ampere" else 0.0  # single precision on both sides
        assert np.all(np.abs(run[ours] - expected) <= resolution + slack), ours


@pytest.mark.parametrize("name", FILES)
def test_counters_equal_the_vendors(data: Path, name: str) -> None:
    """Signs differ between versions of BTSDA: amounts, to 1e-5 of the largest and half of 0.1 mA s."""
    polars = pytest.importorskip("polars")
    folder = data / "cycling/neware"
    vendor = polars.read_parquet(folder / f"{name.split('.nda', maxsplit=1)[0]}.btsda.parquet")
    run = read(folder / name)
    pairs = (("step_net_capacity_ah", "Capacity(mAs)"), ("step_net_energy_wh", "Energy(mWs)"))
    for ours, theirs in pairs:
        expected = np.abs(vendor[theirs].cast(polars.Float64).to_numpy()) / 3.6e6
        largest = float(expected.max(initial=0.0))
        np.testing.assert_allclose(np.abs(run[ours]), expected, rtol=0, atol=1e-5 * largest + 1.39e-8)
