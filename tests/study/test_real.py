"""A study made of real files: a Si half cell (Arbin), a diffractogram (PANalytical), fused quartz (MTS indenter)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import halfcell

STUDY = """title = "Real files"

[raw]
cycling = "{data}/cycling/arbin/{{cell}}_cc_*.res.gz"
xrd = "{data}/spectra/xrd/dara_{{sample}}_0p*.xrdml"
indentation = "{data}/materials/indentation/{{sample}}.xls"

[[figure]]
id = "S1"
caption = "Voltage profile of the first cycle."
technique = "cycling"
show = "voltage profile"
cells = ["20160805_test001_45"]

[[figure]]
id = "S2"
technique = "xrd"
show = "pattern"
samples = ["NiO"]
set = {{ phases = ["Si"] }}

[[table]]
id = "S1"
technique = "cycling"
show = "first cycle"
cells = ["20160805_test001_45"]

[[table]]
id = "S3"
technique = "indentation"
samples = ["FQ"]
"""


@pytest.fixture(scope="module")
def real(data: Path, tmp_path_factory: pytest.TempPathFactory) -> halfcell.Study:
    """The study, run."""
    root = tmp_path_factory.mktemp("real")
    below = Path(os.path.relpath(data, root)).as_posix()
    (root / "study.toml").write_text(STUDY.format(data=below))
    (root / "cells.csv").write_text("cell,sample,kind\n20160805_test001_45,Si,half\n")
    (root / "samples.csv").write_text("name,label\nSi,\nNiO,\nFQ,Fused quartz\n")
    study = halfcell.Study.load(root)
    assert study.check() == ()
    outcome = study.run(workers=1)
    assert outcome.failed == ()
    assert outcome.computed == 3
    return study


def test_the_half_cell_gives_the_instruments_capacities(real) -> None:
    """Arbin's own counters: 1.755094 and 1.625406 mAh, 92.6108 % (answers.json of the data); our integral is ours."""
    for name, answer in (("discharge", 1.755094), ("charge", 1.625406)):
        told = real.why(f"S1:Si:initial_{name}_capacity")
        assert told.number.quantity.unit == "mAh"
        assert told.number.quantity.value == pytest.approx(answer, rel=2e-4)
    told = real.why("S1:Si:ICE")
    assert told.number.quantity.value == pytest.approx(92.6108, abs=0.02)
    assert [Path(source.path).name for source in told.number.origin.sources] == ["20160805_test001_45_cc_01.res.gz"]
    assert any(note.code == "unfinished_cycle" for note in told.number.origin.notes)


def test_fused_quartz(real) -> None:
    """Elastic over total work 0.633 +- 0.005."""
    whole, elastic = (
        real.why(f"S3:Fused quartz:{name}").number.quantity for name in ("total_energy", "elastic_energy")
    )
    assert abs(elastic.value / whole.value - 0.633) <= 0.005


def test_nothing_of_it_is_simulated(real) -> None:
    assert not real.document().simulated
    assert (real.path.parent / "out/figures/S2.svg").is_file()
