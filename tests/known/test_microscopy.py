"""Lattice spacings of a real crystal: regions of one picture of SrTiO3, each a standard for the others."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.readers import read_all
from halfcell.techniques.microscopy import Settings, analyse

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.microscopy import MicroscopyResult

pytest.importorskip("rsciio", reason="needs the extra microscopy")

D110 = 0.39050 / np.sqrt(2.0)  # nm, PDF 35-0734


@pytest.fixture(scope="module")
def picture(data: Path) -> Measurement:
    """A picture of lattice fringes, as Velox keeps it."""
    return read_all(data / "microscopy/lattice/Acquisition_18.emd.gz")[0]


def _regions(edge: int) -> tuple[tuple[float, float, float], ...]:
    places = np.arange(edge / 2, 1024, edge)
    return tuple((float(x), float(y), float(edge)) for y, x in product(places, places))


def _standardised(picture: Measurement, edge: int, number: int) -> MicroscopyResult:
    return analyse(
        picture, Settings(regions=_regions(edge), standard="SrTiO3", standard_region=number, phases=("SrTiO3",))
    )


def _errors(picture: Measurement, edge: int, standards: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Relative errors of d110 and z scores over all regions but the standard."""
    errors, scores = [], []
    for number in standards:
        found = _standardised(picture, edge, number)
        scale = found["pixel_size"].std or 0.0
        for other, region in enumerate(found.regions, 1):
            near = [s for s in region.spacings if abs(s.d / D110 - 1.0) < 0.03]
            for spacing in near if other != number else ():
                errors.append(spacing.d / D110 - 1.0)
                std = np.hypot(spacing.std / spacing.d, scale / found["pixel_size"].value)
                scores.append(errors[-1] / std)
    return np.array(errors), np.array(scores)


@pytest.mark.parametrize(
    ("edge", "allowed"),
    [pytest.param(512, 0.0025, id="6.3 nm"), pytest.param(256, 0.0055, id="3.1 nm", marks=pytest.mark.slow)],
)
def test_one_region_as_standard_calibrates_the_others(picture: Measurement, edge: int, allowed: float) -> None:
    count = (1024 // edge) ** 2
    errors, scores = _errors(picture, edge, tuple(range(1, count + 1)))
    assert len(errors) == 2 * (count - 1) * count
    assert np.sqrt(np.mean(errors**2)) < allowed
    assert 0.55 <= np.mean(np.abs(scores) < 1.0) <= 0.80  # the stated errors hold
    assert np.mean(np.abs(scores) < 2.0) >= 0.90


def test_the_nominal_scale_is_said_to_be_nominal(picture: Measurement) -> None:
    found = analyse(picture, Settings(regions=((512.0, 512.0, 512.0),)))
    spacing = found.regions[0].spacings[0]
    assert spacing.d / D110 - 1.0 > 0.035  # 4 to 6 % too long, as its source says
    assert {"nominal_scale", "tied_candidates"} <= {note.code for note in found.notes}


def test_a_wrong_standard_is_refused(picture: Measurement) -> None:
    with pytest.raises(Refused, match="do not fit LiF"):
        analyse(picture, Settings(regions=((512.0, 512.0, 512.0),), standard="LiF"))


def test_spacings_of_an_uncalibrated_picture_are_refused(data: Path) -> None:
    pattern = read_all(data / "materials/em/bismuth.dm3")[0]
    with pytest.raises(Refused, match="need a scale"):
        analyse(pattern, Settings(regions=((128.0, 128.0, 64.0),)))
