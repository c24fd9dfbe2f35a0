"""The printed numbers of the studies in a campaign's folder, gathered into one table."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

from halfcell.campaign.parts import NUMBERS, Tables
from halfcell.core.atomic_files import write_aside
from halfcell.study.cache.json_files import digest

_NUMERIC = ("value", "std")


def gather_numbers(root: Path, tables: Tables) -> int:
    """Write the numbers of each study below a folder as a part of the table `numbers`; returns how many studies.

    A study that has not changed is not read again; the part of one that is gone is removed.
    """
    folder = tables.folder / NUMBERS
    wanted = {}
    for path in _numbers_files(root):
        stat = path.stat()
        name = path.parents[1].relative_to(root).as_posix()
        wanted[digest({"study": name, "stamp": [stat.st_size, stat.st_mtime_ns]})[:24]] = (name, path)
    present = {path.stem: path for path in folder.glob("*.parquet")}
    for mark in set(wanted) - set(present):
        name, path = wanted[mark]
        write_aside(folder / f"{mark}.parquet", _as_parquet(name, path))
    for mark in set(present) - set(wanted):
        present[mark].unlink()
    return len(wanted)


def _numbers_files(root: Path) -> Iterator[Path]:
    """The file ``out/numbers.csv`` of each study."""
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if "study.toml" in names and (path := Path(place, "out", "numbers.csv")).is_file():
            yield path


def _as_parquet(study: str, path: Path) -> bytes:
    import polars as pl

    frame = pl.read_csv(path, infer_schema=False)
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in _NUMERIC if name in frame.columns]
    file = io.BytesIO()
    frame.with_columns(pl.lit(study).alias("study"), *numbers).write_parquet(file, compression="zstd")
    return file.getvalue()
