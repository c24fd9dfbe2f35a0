"""Sweeps and current-time records: CHI text and plain tables, read back as written, claimed by one reader alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.raw import RawFile
from halfcell.readers import find, read
from halfcell.readers.impedance import chi, iv_table
from halfcell.techniques import conductivity, polarisation, voltammetry

SWEEP = conductivity.simulate(conductivity.Parameters(sample="CoSi2"), np.random.default_rng(0))
RECORD = polarisation.simulate(polarisation.Parameters(), np.random.default_rng(0))


@pytest.mark.parametrize(("made", "technique"), [(SWEEP, "voltammetry"), (RECORD, "polarisation")])
def test_chi_round_trip(tmp_path: Path, made: object, technique: str) -> None:
    path = tmp_path / "made.txt"
    path.write_bytes(chi.write(made))  # type: ignore[arg-type]
    again = read(path)
    assert again.technique == technique
    assert again.is_simulated
    for name in ("voltage_volt", "current_ampere", "test_time_second"):
        assert np.allclose(again[name], made[name], rtol=1e-6, atol=1e-12), name  # type: ignore[index]


@pytest.mark.parametrize("share", [0.05, 0.999])
def test_cut_chi_file(tmp_path: Path, share: float) -> None:
    content = chi.write(SWEEP)
    path = tmp_path / "cut.txt"
    path.write_bytes(content[: int(share * len(content))].rsplit(b",", 1)[0])
    with pytest.raises(InputError, match=r"cut|no reader recognises"):
        read(path)


TABLES = {
    "Voltage (V),Current (A)\n": ("{v},{i}", "conductivity"),
    "Index;Source Voltage (mV);Measured Current (µA);Resistance (Ohm)\n": ("1;{mv};{ua};5", "conductivity"),
    "Time (s),V,I\n": ("{t},{v},{i}", "conductivity"),
    "Relative Time (s)\tCurrent (mA)\n": ("{t}\t{ma}", "polarisation"),
}


@pytest.mark.parametrize("head", TABLES)
def test_tables(tmp_path: Path, head: str) -> None:
    row, technique = TABLES[head]
    v = np.concatenate([np.linspace(-0.1, 0.1, 21), np.linspace(0.09, -0.1, 20)])
    lines = [
        row.format(v=x, i=x / 50, mv=1e3 * x, ua=1e6 * x / 50, ma=1e3 * (1 + np.exp(-t)), t=t) for t, x in enumerate(v)
    ]
    path = tmp_path / "table.csv"
    path.write_text(head + "\n".join(lines), encoding="utf-8")
    found = read(path)
    assert found.technique == technique
    assert found.source is not None
    assert found.source.reader == "iv_table"
    if technique == "conductivity":
        assert np.allclose(found["voltage_volt"], v)
        assert np.allclose(found["current_ampere"], v / 50)
    else:
        assert np.allclose(found["current_ampere"], 1 + np.exp(-np.arange(41)))


def test_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in [("Keithley 2450", None), ("Voltage (V)", "Current (A)"), *((x, x / 7) for x in range(-5, 6))]:
        book.active.append(cells)
    path = tmp_path / "sweep.xlsx"
    book.save(path)
    assert np.allclose(read(path)["current_ampere"], np.arange(-5, 6) / 7)


OTHERS = (
    "Time (s),Voltage (V),Current (A)\n" + "\n".join(f"{t},{3 + t / 100},{0.1}" for t in range(40)),  # a charge
    "Time (s),Voltage (V),Current (A),Capacity (mAh)\n" + "\n".join(f"{t},0.1,{t},{t}" for t in range(40)),
    "Voltage (V),Intensity\n" + "\n".join(f"{t},{t}" for t in range(40)),
    "Current (A),Voltage (furlong)\n" + "\n".join(f"{t},{t}" for t in range(40)),
)


@pytest.mark.parametrize("text", OTHERS)
def test_other_tables_are_not_claimed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")
    assert not iv_table.recognises(RawFile(path))


def test_value_that_is_no_number(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("Voltage (V),Current (A)\n" + "0,1\n" * 10 + "0,1x\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 12: '1x' is not a number"):
        read(path)


def test_no_real_file_of_other_kinds_is_claimed(data: Path) -> None:
    paths = [p for p in sorted((data / "cycling").rglob("*")) if p.suffix in {".csv", ".txt", ".tsv", ".dat"}]
    assert paths
    assert [p.name for p in paths if p.stat().st_size < 2e7 and iv_table.recognises(RawFile(p))] == []


def test_every_impedance_file_has_one_reader(data: Path) -> None:
    paths = [p for p in sorted((data / "eis").rglob("*")) if p.is_file() and p.name != "MANIFEST.md"]
    assert len(paths) == 37
    for path in paths:
        assert find(RawFile(path))[0], path.name


def test_missing_frequency_is_refused(data: Path) -> None:
    with pytest.raises(InputError, match="a column has no name"):
        read(data / "eis/impedance.py/exampleDataBioLogic_MissingFreq.mpt")


def test_a_sweep_is_written_with_the_scan_rate_of_its_records(tmp_path: Path) -> None:
    """A measurement that states no scan rate has that of its times, not a usual one."""
    volt = np.concatenate([np.linspace(0.0, 1.0, 51), np.linspace(1.0, 0.0, 51)[1:]])
    time = np.arange(101) * (0.02 / 3e-3)  # 3 mV/s
    columns = {"test_time_second": time, "voltage_volt": volt, "current_ampere": 1e-3 * volt}
    path = tmp_path / "a.txt"
    path.write_bytes(chi.write(Measurement(technique="voltammetry", columns=columns)))
    found = read(path)
    assert found.meta["scan_rate_volt_per_second"] == pytest.approx(3e-3)
    assert found["test_time_second"] == pytest.approx(time, rel=1e-5)


def test_a_stated_scan_rate_has_no_uncertainty(tmp_path: Path) -> None:
    """CHI text holds no times: they are made from the stated rate, so that their spread says nothing of it."""
    volt = np.concatenate([np.linspace(0.0, 1.0, 201), np.linspace(1.0, 0.0, 201)[1:]] * 2)
    columns = {"voltage_volt": volt, "current_ampere": 1e-3 * np.sin(6 * volt)}
    meta = {"scan_rate_volt_per_second": 3e-3}
    path = tmp_path / "a.txt"
    path.write_bytes(chi.write(Measurement(technique="voltammetry", columns=columns, meta=meta)))
    rate = voltammetry.analyse(read(path), voltammetry.Settings())["scan_rate"]
    assert rate.value == pytest.approx(3.0)
    assert rate.std is None
