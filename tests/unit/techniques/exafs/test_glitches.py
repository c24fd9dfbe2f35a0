"""Glitches of a scan are told, or left out."""

from __future__ import annotations

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.techniques.exafs import Settings
from halfcell.techniques.exafs.glitches import treat_glitches

ENERGY = np.arange(7000.0, 7900.0, 2.0)
K = np.sqrt(0.26247 * np.clip(ENERGY - 7112.0, 0.0, None))


def _scan(*glitches: float) -> Measurement:
    mu = 0.5 + 0.5 * (1.0 + np.tanh((ENERGY - 7112.0) / 3.0)) * (1.0 + 0.02 * np.sin(2 * K * 2.2))
    mu = mu + np.random.default_rng(0).normal(0.0, 2e-4, len(ENERGY))
    for place in glitches:
        mu[np.argmin(np.abs(K - place))] += 0.03
    return Measurement(technique="exafs", columns={"energy_electronvolt": ENERGY, "absorption": mu})


def test_a_clean_scan_is_left_as_it_is() -> None:
    scan = _scan()
    assert treat_glitches(scan, 7112.0, Settings()) == (scan, ())


def test_a_glitch_is_told_at_its_k() -> None:
    scan, (note,) = treat_glitches(_scan(8.0), 7112.0, Settings(glitches="tell"))
    assert len(scan) == len(ENERGY)
    assert (note.level, note.code) == ("doubt", "glitches")
    assert any(f"{k:.2f}" in note.text for k in (K[np.argmin(np.abs(K - 8.0)) + i] for i in (-1, 0, 1)))


def test_a_glitch_is_left_out_where_that_is_set() -> None:
    scan, (note,) = treat_glitches(_scan(8.0), 7112.0, Settings(glitches="drop"))
    assert len(ENERGY) - 7 < len(scan) < len(ENERGY)
    assert note.level == "correction"
    assert ENERGY[np.argmin(np.abs(K - 8.0))] not in scan["energy_electronvolt"]
