"""batterydf reads what halfcell writes as BDF, value by value, of every cycler file (by hand: batterydf is a peer).

Run in an environment that has batterydf beside halfcell: ``pytest -m long tests/known/test_bdf_peer.py``. November
2026: 68 measurements in both forms, with version 0.1.0 and with the newest form (22 August 2026).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from halfcell.core.errors import HalfcellError
from halfcell.core.measurement import Measurement
from halfcell.exports import write
from halfcell.readers import read_all

pytestmark = pytest.mark.long


def _measurements(folder: Path) -> list[Measurement]:
    found: list[Measurement] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            found += [m for m in read_all(path) if m.technique == "cycling"]
        except HalfcellError:
            continue
    return found


@pytest.mark.parametrize("form", ["bdf", "bdf.parquet"])
def test_every_value_is_read_back(data: Path, tmp_path: Path, form: str) -> None:
    bdf = pytest.importorskip("bdf", reason="batterydf is not installed")
    measurements = [*_measurements(data / "cycling"), *_measurements(data / "more/cycling")]
    assert len(measurements) >= 60
    for measurement in measurements:
        path = tmp_path / ("a.bdf.csv" if form == "bdf" else "a.bdf.parquet")
        write(measurement, path, form)
        table = _read(bdf, path)
        for name, label in (("test_time_second", "Test Time / s"), ("voltage_volt", "Voltage / V")):
            np.testing.assert_array_equal(np.asarray(table[label], dtype=float), measurement[name])
        if "cycle_count" in measurement:
            found = np.asarray(table["Cycle Count / 1"], dtype=float)
            np.testing.assert_array_equal(found, measurement["cycle_count"])


def _read(bdf: Any, path: Path) -> Any:
    """The table as either form of batterydf reads it: pandas, or polars with metadata."""
    made = bdf.read(str(path))
    table = made[0] if isinstance(made, tuple) else made
    return table.collect() if hasattr(table, "collect") else table
