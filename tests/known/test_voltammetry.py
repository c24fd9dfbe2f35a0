"""Voltammetry on real files: the scan rate that the instrument was set to."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.readers import read
from halfcell.techniques import voltammetry
from halfcell.techniques.voltammetry import Settings


def test_platinum_at_100_mv_per_second(data: Path) -> None:
    """EC-Lab's header of this file sets dE/dt = 100 mV/s."""
    result = voltammetry.analyse(read(data / "cycling" / "biologic/Pt_poly_cv_CUT.mpt"), Settings())
    assert result["scan_rate"].value == pytest.approx(100.0, rel=1e-4)
    assert result["cycle_count"].value == 5
    found = {
        note.code for note in result.notes
    }  # the potential is held where one sweep is cut off, which is no slow sweep
    assert "vertex_hold" in found
    assert "scan_rates_differ" not in found


def test_a_record_that_is_no_sweep_is_doubted(data: Path) -> None:
    result = voltammetry.analyse(read(data / "cycling" / "biologic_gplrepo/cva.issue_202.mpr"), Settings())
    assert {"sweep_bends", "scan_rates_differ"} <= {note.code for note in result.notes if note.level == "doubt"}
