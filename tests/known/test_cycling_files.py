"""Every real cycler file: read to the facts of its source, or refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.vocabulary import vocabulary
from halfcell.readers import read, read_all
from halfcell.readers.common.column_map import read_columns

# file -> reader, technique, records of each measurement (those of the source where it tells them)
READ = {
    "arbin/20160805_test001_45_cc_01.res.gz": ("arbin_res", "cycling", [10261]),
    "arbin/20210210_FC_01_cc_01.res.gz": ("arbin_res", "cycling", [7218]),
    "arbin/20210210_FC_01_cc_02.res.gz": ("arbin_res", "cycling", [26989]),
    "arbin/20210210_FC_01_cc_03.res.gz": ("arbin_res", "cycling", [26286]),
    "arbin/20210210_FC_01_cc_04.res.gz": ("arbin_res", "cycling", [14979]),
    "arbin/FastCharge_000025_CH8.csv": ("text_dialect", "cycling", [248]),
    "arbin/arbin_example.csv.gz": ("text_dialect", "cycling", [2142]),
    "arbin/aux_one_x_dx.res.gz": ("arbin_res", "cycling", [7235]),
    "arbin/mits7-0.res.gz": ("arbin_res", "cycling", [8]),
    "arbin/sample_data_arbin.csv": ("text_dialect", "cycling", [13]),
    "basytec/sample_data_basytec.txt": ("text_dialect", "cycling", [74]),
    "batteryarchive/CALCE_CX2-33_timeseries.csv": ("text_dialect", "cycling", [15]),
    "bdf/SINTEF_SLPBA_Rate_Neware_Time_Bug.bdf.csv.gz": ("bdf", "cycling", [13086]),
    "bdf/arbin_example.bdf.csv.gz": ("bdf", "cycling", [2150]),
    "bdf/batmo_bdf.csv.gz": ("bdf", "cycling", [21206]),
    "bdf/legacy.bdf.parquet": ("bdf", "cycling", [5000]),
    "biologic/00_test_01_OCV_C01.mpr": ("biologic_mpr", "cycling", [2]),
    "biologic/00_test_02_MB_C01.mpr": ("biologic_mpr", "cycling", [11]),
    "biologic/00_test_04_MB_C01.mpr": ("biologic_mpr", "cycling", [1501]),
    "biologic/GCPL-0.mpr": ("biologic_mpr", "cycling", [4]),
    "biologic/MB-0.mpr": ("biologic_mpr", "cycling", [2]),
    "biologic/MB-1.mpr": ("biologic_mpr", "cycling", [13]),
    "biologic/PEIS-0.mpr": ("biologic_mpr", "impedance", [60]),
    "biologic/PEIS_244.mpr": ("biologic_mpr", "impedance", [61, 61, 61, 61]),
    "biologic/Pt_poly_cv_CUT.mpt": ("biologic_mpt", "voltammetry", [223]),
    "biologic/biol_old_datamodule2.mpr.gz": ("biologic_mpr", "cycling", [23561, 64, 64, 64, 64, 54]),
    "biologic/commercial_cell_001_C01.mpr": ("biologic_mpr", "cycling", [95]),
    "biologic_gplrepo/ca.issue_149.mpr": ("biologic_mpr", "polarisation", [80]),
    "biologic_gplrepo/ca.issue_149.mpt.gz": ("biologic_mpt", "polarisation", [80]),
    "biologic_gplrepo/cp.mpr": ("biologic_mpr", "cycling", [121]),
    "biologic_gplrepo/cp.mpt.gz": ("biologic_mpt", "cycling", [121]),
    "biologic_gplrepo/cva.issue_202.mpr": ("biologic_mpr", "voltammetry", [455]),
    "biologic_gplrepo/cva.issue_202.mpt.gz": ("biologic_mpt", "voltammetry", [455]),
    "biologic_gplrepo/gcpl.issue_149.mpr": ("biologic_mpr", "cycling", [132]),
    "biologic_gplrepo/gcpl.issue_149.mpt.gz": ("biologic_mpt", "cycling", [132]),
    "biologic_gplrepo/gcpl.issue_226.CxN.mpr": ("biologic_mpr", "cycling", [15]),
    "biologic_gplrepo/gcpl.issue_226.CxN.mpt.gz": ("biologic_mpt", "cycling", [15]),
    "biologic_gplrepo/geis.issue_149.mpr": ("biologic_mpr", "impedance", [21, 21, 21, 21]),
    "biologic_gplrepo/geis.issue_149.mpt.gz": ("biologic_mpt", "impedance", [21, 21, 21, 21]),
    "biologic_gplrepo/lsv.mpr": ("biologic_mpr", "voltammetry", [1186]),
    "biologic_gplrepo/lsv.mpt.gz": ("biologic_mpt", "voltammetry", [1186]),
    "biologic_gplrepo/mb.issue_95.mpr": ("biologic_mpr", "cycling", [33]),
    "biologic_gplrepo/mb.issue_95.mpt.gz": ("biologic_mpt", "cycling", [33]),
    "biologic_gplrepo/ocv.issue_149.mpr": ("biologic_mpr", "cycling", [43]),
    "biologic_gplrepo/ocv.issue_149.mpt.gz": ("biologic_mpt", "cycling", [43]),
    "biologic_gplrepo/peis.mpr": ("biologic_mpr", "impedance", [32]),
    "biologic_gplrepo/peis.mpt.gz": ("biologic_mpt", "impedance", [32]),
    "derived/20231115_rate_graphite_halfcell.bdf.parquet": ("bdf", "cycling", [27450]),
    "gamry/chronoa_data.dta": ("gamry", "polarisation", [10]),
    "gamry/cv_data.dta": ("gamry", "voltammetry", [50]),
    "gamry/eispot_data.dta": ("gamry", "impedance", [6]),
    "gamry/eispot_data_curveaborted.dta": ("gamry", "impedance", [5]),
    "gamry/ocp_data.dta": ("gamry", "cycling", [21]),
    "gamry/ocvcurve_data.dta": ("gamry", "voltammetry", [11]),
    "gamry/squarewave_data.dta": ("gamry", "voltammetry", [10]),
    "landt/SINTEF_LiGrR2032_Landt.csv.gz": ("text_dialect", "cycling", [25162]),
    "maccor/PreDiag_000229_truncated.034.gz": ("text_dialect", "cycling", [4061]),
    "maccor/PredictionDiagnostics_000151_test.052": ("text_dialect", "cycling", [333]),
    "maccor/maccor_001.txt.gz": ("text_dialect", "cycling", [6704]),
    "maccor/maccor_4267.EDA0001.041": ("text_dialect", "impedance", [60]),
    "maccor/maccor_example.001": ("text_dialect", "cycling", [8]),
    "maccor/maccor_example.002": ("text_dialect", "cycling", [8]),
    "maccor/maccor_three.txt.gz": ("text_dialect", "cycling", [4009]),
    "maccor/sample_data_maccor.csv": ("text_dialect", "cycling", [15]),
    "neware/2-1-6_61_07005012.nda.zip": ("neware", "cycling", [15567]),
    "neware/21_10_7_85.ndax": ("neware", "cycling", [141]),
    "neware/46_1_5_60_bts16.ndax": ("neware", "cycling", [84]),
    "neware/TESTCELL0001-Test_Data_Collection_Ndc17.ndax": ("neware", "cycling", [80]),
    "neware/TestFile.nda.zip": ("neware", "cycling", [6670]),
    "neware/Unit27_Example_Corrupt.ndax": ("neware", "cycling", [301]),
    "neware/filetype14-0.ndax": ("neware", "cycling", [67]),
    "neware/interp-test.ndax": ("neware", "cycling", [333]),
    "neware/navani_test.ndax": ("neware", "cycling", [1464]),
    "neware/nda_v22.nda.zip": ("neware", "cycling", [1380]),
    "neware/nda_v8.nda.zip": ("neware", "cycling", [21]),
    "neware/new_nda_file.nda.zip": ("neware", "cycling", [439]),
    "neware/neware_uio.csv.gz": ("text_dialect", "cycling", [9065]),
    "neware/nw4-120-1-6-53.ndax": ("neware", "cycling", [18700]),
    "neware/nw_regular_export_ife_example.csv.gz": ("text_dialect", "cycling", [9295]),
    "neware/scrubbed_ndc2.ndax": ("neware", "cycling", [28]),
    "novonix/sample_data_novonix.csv": ("text_dialect", "cycling", [207]),
    "pec/pec.csv.gz": ("text_dialect", "cycling", [16255]),
}
REFUSED = {
    "arbin/FastCharge_000025_CH8_Metadata.csv": "contains no records",
    "batteryarchive/CALCE_CX2-33_cycle_data.csv": "one row per cycle",
    "gamry/cv_data_incompleteheader.dta": "no curve",
    "generic/custom_data_001.csv": "no reader recognises",  # named in the study file: see below
    "generic_bad/custom_good_small.csv": "no reader recognises",
    "generic_bad/custom_missing_column.csv": "no reader recognises",
    "generic_bad/custom_missing_cycle.csv": "no reader recognises",
    "generic_bad/custom_nan_inf.csv": "no reader recognises",
    "generic_bad/custom_truncated.csv": "no reader recognises",
    "neware/empty.ndax": "no record",
}
ANSWERS = (".btsda.parquet", "cellpy_summary.parquet")  # not raw files: known answers beside them
MAP = {
    "test_time": "test_time_second",
    "date_stamp": "unix_time_second",
    "step": "step_id",
    "cycle": "cycle_count",
    "current": "current_ampere",
    "voltage": "voltage_volt",
    "charge_capacity": "schedule_charging_capacity_ah",
    "discharge_Capacity": "schedule_discharging_capacity_ah",
}


def test_every_file_is_listed(data: Path) -> None:
    folder = data / "cycling"
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.parent != folder}
    assert {f for f in files if not f.endswith(ANSWERS)} == set(READ) | set(REFUSED)


@pytest.mark.parametrize("name", READ)
def test_read_to_its_facts(data: Path, name: str) -> None:
    reader, technique, counts = READ[name]
    runs = read_all(data / "cycling" / name)
    assert runs[0].source is not None
    assert runs[0].source.reader == reader
    assert runs[0].technique == technique
    assert [len(run) for run in runs] == counts
    for run in runs:
        known = set(vocabulary()["column"][run.technique])
        assert set(run.columns) <= known
        assert len({len(values) for values in run.columns.values()}) == 1
        assert all(values.dtype.kind in "fiu" for values in run.columns.values())
        json.dumps(run.meta)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(data: Path, name: str) -> None:
    with pytest.raises(InputError, match=REFUSED[name]) as caught:
        read_all(data / "cycling" / name)
    assert caught.value.hint


def _moved(run: Measurement) -> tuple[float, float]:
    """Charge by our own trapezoid within steps, and by the instrument's counter over the same pairs of records (Ah)."""
    time, current = run["test_time_second"], run["current_ampere"]
    same = np.ones(len(time) - 1, dtype=bool)
    for name in ("step_count", "step_id", "half_cycle_count"):
        if name in run:
            same &= np.diff(run[name]) == 0
    pieces = (np.diff(time) * (current[1:] + current[:-1]) / 7200)[same]
    kinds = [name for name in run.columns if name.endswith("capacity_ah")]
    signed = next((name for name in kinds if "_net_" in name or name.startswith("net_")), "")
    amount = next((name for name in kinds if "cumulative" in name), "")
    if signed:
        return float(np.abs(pieces).sum()), float(np.abs(np.diff(run[signed])[same]).sum())
    if amount:
        return float(np.abs(pieces).sum()), float(np.diff(run[amount])[same].clip(0).sum())
    parts = [np.diff(run[name])[same].clip(0).sum() for name in kinds]
    return float(np.abs(pieces).sum()), float(sum(parts))


# current printed to 1e-4 A of 2e-4 (Landt); pulses faster than the records (Neware); a few records of a few uA;
# a whole step between two records
NO_COUNTER = {"bdf/SINTEF_SLPBA_Rate_Neware_Time_Bug.bdf.csv.gz", "bdf/legacy.bdf.parquet"}
COARSE = {
    "landt/SINTEF_LiGrR2032_Landt.csv.gz",
    "neware/2-1-6_61_07005012.nda.zip",
    "biologic/MB-1.mpr",
    "biologic/commercial_cell_001_C01.mpr",
    "biologic/biol_old_datamodule2.mpr.gz",
    "biologic_gplrepo/gcpl.issue_149.mpr",
    "biologic_gplrepo/gcpl.issue_149.mpt.gz",
    "biologic_gplrepo/gcpl.issue_226.CxN.mpr",
    "biologic_gplrepo/gcpl.issue_226.CxN.mpt.gz",
}


CYCLED = [name for name, (_, kind, _) in READ.items() if kind == "cycling"]


@pytest.mark.parametrize("name", [name for name in CYCLED if name not in COARSE | NO_COUNTER])
def test_current_and_time_agree_with_the_counter(data: Path, name: str) -> None:
    """Units of time, current and charge fit each other: our integral within 1 % of the instrument's counter."""
    run = read_all(data / "cycling" / name)[0]
    integral, counter = _moved(run)
    assert counter == pytest.approx(integral, rel=0.01, abs=2e-9)


@pytest.mark.parametrize("name", CYCLED)
def test_positive_current_charges(data: Path, name: str) -> None:
    """Where the words of the steps tell the direction, the sign of the current agrees."""
    run = read_all(data / "cycling" / name)[0]
    for code, word in run.meta.get("step_types", {}).items():
        current = run["current_ampere"][run["step_type_code"] == float(code)]
        low = word.lower().replace("_", " ")
        if low in {"d", "discharge"} or "dchg" in low or "discharge" in low:
            assert (current <= 0).all()
        elif low in {"c", "charge"} or "chg" in low or "charge" in low:
            assert (current >= 0).all()


def test_graphite_half_cell_from_bdf_parquet(data: Path) -> None:
    """Counters of each cycle of a rate test against the known answers, to the digits given."""
    name = "derived/20231115_rate_graphite_halfcell.bdf.parquet"
    answers = json.loads((data / "cycling/answers.json").read_text())[name]
    run = read(data / "cycling" / name)
    for cycle in answers["cycles"]:
        own = run["cycle_count"] == cycle["cycle_count"]
        assert np.count_nonzero(own) == cycle["n"]
        charged = 1e3 * run["schedule_charging_capacity_ah"][own].max()
        discharged = 1e3 * run["schedule_discharging_capacity_ah"][own].max()
        assert charged == pytest.approx(cycle["qc"], abs=6e-7)
        assert discharged == pytest.approx(cycle["qd"], abs=6e-7)


def test_neware_cycle_counts(data: Path) -> None:
    assert np.unique(read(data / "cycling/neware/nw4-120-1-6-53.ndax")["cycle_count"]).size == 150


def test_generic_table_by_a_column_map(data: Path) -> None:
    """2444 rows in all, of which the last two are empty."""
    (run,) = read_columns(data / "cycling/generic/custom_data_001.csv", "cycling", MAP)
    assert len(run) == 2442
    assert [note.text[:6] for note in run.notes] == ["2 rows"]
    assert run["cycle_count"].max() == 6
    assert run["test_time_second"][-1] == pytest.approx(142455.05)


@pytest.mark.parametrize(
    ("name", "count", "codes"),
    [
        ("good_small", 60, []),
        ("missing_cycle", 40, []),
        ("nan_inf", 60, ["not_finite"]),
        ("truncated", 59, ["rows_dropped"]),
    ],
)
def test_bad_generic_tables(data: Path, name: str, count: int, codes: list[str]) -> None:
    (run,) = read_columns(data / f"cycling/generic_bad/custom_{name}.csv", "cycling", MAP)
    assert len(run) == count
    assert [note.code for note in run.notes] == codes


def test_missing_column_is_named(data: Path) -> None:
    with pytest.raises(InputError, match="no column 'voltage'"):
        read_columns(data / "cycling/generic_bad/custom_missing_column.csv", "cycling", MAP)
