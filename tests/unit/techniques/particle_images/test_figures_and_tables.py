"""Figures and tables of particles in pictures: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.figure import Line
from halfcell.techniques import particle_images, particle_size
from halfcell.techniques.particle_images import Parameters, ParticleImagesResult, Settings, simulate
from halfcell.techniques.run import run
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[ParticleImagesResult]:
    """A powder alone, and the same beside the laser's distribution."""
    made = simulate(Parameters(columns=500, rows=400, particles=40), np.random.default_rng(2))
    laser = particle_size.simulate(particle_size.Parameters(medians_um=(1.5,)), np.random.default_rng(3))
    alone = run(particle_images.TECHNIQUE, [made], Settings())
    beside = run(particle_images.TECHNIQUE, [made], Settings(), {"laser": laser})
    return [one.stamped(label=f"A{n}", id=f"id{n}") for n, one in enumerate((*alone, *beside))]


@pytest.mark.parametrize("show", particle_images.TECHNIQUE.figures)
def test_figures(results: Sequence[ParticleImagesResult], show: str) -> None:
    """Outlines lie on the particles; by number and by volume the curves part, and D50 stands with its error."""
    check(particle_images.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


def test_tables(results: Sequence[ParticleImagesResult]) -> None:
    """D10 < D50 < D90, by volume above by number; few particles are doubted."""
    check(particle_images.TECHNIQUE.tables["particle sizes"](results), SNAPSHOTS / "table particle sizes.json")


def test_the_reason_why_laser_and_picture_differ_is_said(results: Sequence[ParticleImagesResult]) -> None:
    figures = [particle_images.TECHNIQUE.figures["particle sizes"]([one]) for one in results]
    assert [any("laser diffraction" in note for note in figure.notes) for figure in figures] == [False, True]
    labels = [layer.label for layer in figures[1].panels[0].layers if isinstance(layer, Line)]
    assert labels == ["image, number", "image, volume", "laser, volume"]
