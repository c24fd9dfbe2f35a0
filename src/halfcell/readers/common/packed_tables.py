"""What HDF5 and parquet files unpack to, looked up in their heads before anything is allocated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from halfcell.core.errors import InputError
from halfcell.core.unpacked_size import check_size

if TYPE_CHECKING:
    from pathlib import Path

HDF5: Final = b"\x89HDF\r\n\x1a\n"
"""The first bytes of an HDF5 file."""
_NUMBER: Final = 8  # bytes of a value of a table


def check_hdf5(book: Any, packed: int, where: str) -> None:
    """Refuse an HDF5 file whose datasets unpack to too much together.

    Parameters
    ----------
    book
        The open file, of h5py.
    packed
        Its bytes.
    where
        Its name.

    Raises
    ------
    InputError
        If the library cannot go through it, or as `check_size` does: a dataset of one value over and over, or of which
        nothing was written, takes no room in the file and gigabytes in memory.
    """
    sizes: list[int] = []

    def look(_name: str, held: Any) -> None:
        if hasattr(held, "dtype") and hasattr(held, "size"):
            sizes.append(int(held.size or 0) * int(held.dtype.itemsize))

    try:
        book.visititems(look)
    except (OSError, RuntimeError, KeyError) as error:
        raise InputError(f"unknown layout of the HDF5 file: {error}", where, "export it again") from error
    check_size(sum(sizes), packed, where)


def check_hdf5_file(path: Path, where: str) -> None:
    """The same for a file that is not open yet; one that h5py cannot open passes, its reader says what is wrong.

    Raises
    ------
    InputError
        As `check_hdf5` does.
    """
    import h5py

    try:
        with h5py.File(path) as book:
            check_hdf5(book, path.stat().st_size, where)
    except (OSError, KeyError, ValueError, TypeError, RuntimeError):
        return


def check_parquet(path: Path, where: str) -> None:
    """Refuse a parquet file whose columns unpack to too much together.

    Raises
    ------
    InputError
        As `check_size` does.
    polars.exceptions.PolarsError
        If the file is damaged.
    """
    import polars as pl

    table = pl.scan_parquet(path)
    rows = int(table.select(pl.len()).collect().item())
    check_size(rows * len(table.collect_schema()) * _NUMBER, path.stat().st_size, where)
