"""RelaxIS: text exports and databases, written here in the layouts that public readers of them expect."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read, read_all

FREQUENCY = np.logspace(5, -1, 31)
IMPEDANCE = 5 + 20 / (1 + 2j * np.pi * FREQUENCY * 2e-4)
HEADS = "Data: Frequency\tData: Z'\tData: Z''\tData: |Z|\tData: Theta (Z)"


def _rows() -> str:
    return "".join(
        f"{f:.9g}\t{z.real:.9g}\t{z.imag:.9g}\t{abs(z):.9g}\t{np.angle(z, deg=True):.9g}\n"
        for f, z in zip(FREQUENCY, IMPEDANCE, strict=True)
    )


@pytest.mark.parametrize("units", ["", "Hz\tOhm\tOhm\tOhm\tdeg\n"])
def test_text(tmp_path: Path, units: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"File: x\nTemperature: 25\n{HEADS}\n{units}{_rows()}")
    run = read(path)
    assert run.source is not None
    assert run.source.reader == "relaxis"
    np.testing.assert_allclose(run["frequency_hertz"], FREQUENCY, rtol=1e-8)
    found = run["real_impedance_ohm"] + 1j * run["imaginary_impedance_ohm"]
    np.testing.assert_allclose(found, IMPEDANCE, rtol=1e-7)


def test_text_without_imaginary_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Data: Frequency\tData: Z'\n1000\t5\n100\t6\n")
    with pytest.raises(InputError, match="no column \"Data: Z''\""):
        read(path)


def _database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE Properties (Name TEXT, Value TEXT)")
        database.execute("CREATE TABLE Files (ID INTEGER, project_id INTEGER, groupname TEXT)")
        database.execute(
            "CREATE TABLE Datapoints (ID INTEGER, file_id INTEGER, frequency REAL, zreal REAL, zimag REAL)"
        )
        for number, factor in ((1, 1.0), (2, 2.0)):
            rows = [(number, f, z.real * factor, z.imag * factor) for f, z in zip(FREQUENCY, IMPEDANCE, strict=True)]
            database.executemany("INSERT INTO Datapoints (file_id, frequency, zreal, zimag) VALUES (?, ?, ?, ?)", rows)
        database.commit()


def test_database(tmp_path: Path) -> None:
    path = tmp_path / "a.rlx"
    _database(path)
    first, second = read_all(path)
    np.testing.assert_array_equal(first["imaginary_impedance_ohm"], IMPEDANCE.imag)
    np.testing.assert_array_equal(second["real_impedance_ohm"], 2 * IMPEDANCE.real)


def test_cut_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rlx"
    _database(path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(InputError, match="the database cannot be read"):
        read_all(path)
