"""Drafting: files of one name in several formats."""

from pathlib import Path

import numpy as np

from halfcell.readers import zplot
from halfcell.study.drafting import draft
from halfcell.techniques import impedance


def test_a_pattern_that_takes_a_file_left_aside_is_told(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    content = zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1)))
    for name in ("a.Z", "a.z", "b.z"):
        (raw / name).write_bytes(content)
    (why,) = [why for path, why in draft(tmp_path / "study", raw).left if path.endswith("a.z")]
    assert why.startswith("the same name as ../raw/a.Z")
    assert "until then the pattern ../raw/{cell}.z takes it" in why
