"""The real cyclers' files that the benchmarks read, found by HALFCELL_DATA and unpacked."""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("HALFCELL_DATA", ROOT.parent / "shared" / "data")) / "cycling"


def unpacked(name: str, folder: Path) -> Path:
    """The file inside, on disk: packing is not measured."""
    packed = DATA / name
    if packed.suffix == ".gz":
        path = folder / packed.stem
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        return path
    if packed.suffix == ".zip":
        with zipfile.ZipFile(packed) as archive:
            path = folder / archive.namelist()[0]
            path.write_bytes(archive.read(archive.namelist()[0]))
            return path
    return packed
