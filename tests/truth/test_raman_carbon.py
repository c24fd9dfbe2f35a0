"""Raman of carbon: I_D/I_G with and without a D2 band, and the in-plane size by Cancado.

D2 (D') stands at 1620 1/cm and is a tenth to a half of G in graphite with small domains (A. Sadezky et al., Carbon 43
(2005) 1731); La = 2.4e-10 nm^-3 lambda^4 / (I_D/I_G) by area (L. G. Cancado et al., Appl. Phys. Lett. 88 (2006)
163106).
"""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.maths.line_shapes import lorentz
from halfcell.techniques import raman

LASER = 514.5


def _spectrum(areas: tuple[float, float, float], seed: int, counts: float = 3e5, g: float = 28.0) -> Measurement:
    """D at 1352, G at 1583 and D2 at 1621 1/cm with these areas (in G), on a sloping background, counting noise."""
    rng = np.random.default_rng(seed)
    x = np.arange(900.0, 1900.0, 1.2)
    y = 400.0 + 0.2 * (x - 900.0)
    for area, place, width in zip(areas, (1352.0, 1583.0, 1621.0), (45.0, g, 20.0), strict=True):
        y = y + counts * area * lorentz(x, place, width)
    columns = {"raman_shift_per_cm": x, "intensity_count": rng.poisson(y).astype(float)}
    return Measurement(technique="raman", columns=columns, meta={"laser_nm": LASER})


def _analysed(made: Measurement, **settings: float) -> raman.RamanResult:
    return raman.analyse(made, raman.Settings(region="carbon", **settings))


@pytest.mark.parametrize("d2", [0.0, 0.1, 0.3, 0.5])
def test_d2_is_not_taken_for_g(d2: float) -> None:
    """1.79 was given as 1.00 with half as much D2 as G."""
    for seed in range(3):
        result = _analysed(_spectrum((1.79, 1.0, d2), seed))
        found = result["id_ig_area"]
        assert found.value == pytest.approx(1.79, abs=3.5 * (found.std or 0.0))
        assert (found.std or 0.0) < 0.25
        assert ("D2" in result.names) == (d2 > 0.05)


def test_in_plane_size_depends_on_the_laser() -> None:
    made = _spectrum((0.8, 1.0, 0.1), 5)
    size = _analysed(made)["in_plane_size"]
    assert size.value == pytest.approx(2.4e-10 * LASER**4 / 0.8, rel=0.05)
    assert size.value == pytest.approx(2.4e-10 * LASER**4 / 0.8, abs=3.5 * (size.std or 0.0))
    assert _analysed(made, laser_nm=633.0)["in_plane_size"].value == pytest.approx(size.value * (633 / LASER) ** 4)


def test_no_in_plane_size_without_a_laser_or_without_domains() -> None:
    made = _spectrum((0.8, 1.0, 0.1), 5)
    unknown = Measurement(technique="raman", columns=made.columns)
    for one, code in ((unknown, "la_without_laser"), (_spectrum((1.8, 1.0, 0.0), 6, g=90.0), "la_disordered")):
        result = _analysed(one)
        assert "in_plane_size" not in result.quantities
        assert [note.level for note in result.notes if note.code == code] == ["refused"]


@pytest.mark.slow
@pytest.mark.parametrize("d2", [0.0, 0.05, 0.3])
def test_coverage_of_the_ratio(d2: float) -> None:
    """Also where D2 is hardly seen: what is not decided is part of the uncertainty."""
    pulls = []
    for seed in range(60):
        found = _analysed(_spectrum((1.2, 1.0, d2), 100 + seed, counts=5e4))["id_ig_area"]
        pulls.append((found.value - 1.2) / (found.std or 1e-9))
    inside = [float(np.mean(np.abs(pulls) < k)) for k in (1, 2)]
    assert 0.5 < inside[0] < 0.95
    assert inside[1] > 0.88
