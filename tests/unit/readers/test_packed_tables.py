"""HDF5 and parquet files that hold little and unpack to gigabytes are refused by what their heads state."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.readers.common.packed_tables import check_hdf5, check_parquet

h5py = pytest.importorskip("h5py")
pl = pytest.importorskip("polars")
GIGABYTE = 2**30


def test_a_dataset_of_which_nothing_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.hspy"
    with h5py.File(path, "w") as book:
        book.create_dataset("Experiments/a/data", (1 << 17, 1 << 10), "f8", chunks=(64, 64))
    assert path.stat().st_size < 20_000
    with pytest.raises(InputError, match="unpacks to more than 1024 MiB"):
        read(path)


def test_groups_add_up(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as book:
        for name in "abcd":
            book.create_dataset(f"{name}/x", (1 << 25,), "f4", chunks=(1024,))
        check_hdf5(book, GIGABYTE, "a.h5")  # a file as large as its content
        with pytest.raises(InputError, match="unpacks to more than 512 MiB from 1 KiB"):
            check_hdf5(book, 1024, "a.h5")


def test_a_well_packed_small_file_passes(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as book:
        book.create_dataset("x", data=np.zeros(1_000_000), compression="gzip")
        check_hdf5(book, (tmp_path / "a.h5").stat().st_size, "a.h5")


def test_rows_that_are_all_equal(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    zeros = pl.repeat(0, 20_000_000, dtype=pl.Int8, eager=True)
    pl.DataFrame(dict.fromkeys(("Test Time / s", "Voltage / V", "Current / A"), zeros)).write_parquet(path)
    with pytest.raises(InputError, match="unpacks to more than 457 MiB"):
        read(path)


def test_a_real_test_as_parquet_passes(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    path = tmp_path / "a.parquet"
    pl.DataFrame({"Voltage / V": chance.normal(size=5000), "Step ID": np.repeat(1, 5000)}).write_parquet(path)
    check_parquet(path, path.name)
