"""Layers of known thickness, drawn here: rough edges with a correlation length, tilt, blur, grains and noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from scipy import ndimage, special

from halfcell.core.errors import HalfcellError, Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques import layer_thickness
from halfcell.techniques.layer_thickness import Parameters, Settings, analyse, analyse_series

PIXEL_UM = 0.25
EXACT = {"collector_um": 0.0, "scale_uncertainty_percent": 0.0}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """In pixels and grey levels."""

    thickness: float = 80.0
    rough: float = 2.0
    correlation: float = 25.0
    slope: float = 0.02
    levels: tuple[float, float, float] = (0.2, 0.7, 0.35)
    blur: float = 1.5
    noise: float = 0.05
    grains: float = 0.08
    grain: float = 2.0
    shading: float = 0.0
    shape: tuple[int, int] = (300, 640)

    def edge(self, rng: np.random.Generator) -> np.ndarray:
        """Heights of unit variance whose autocorrelation is exp(-x^2/(2 L^2)), by random waves of a normal spectrum."""
        waves = rng.normal(scale=1.0 / self.correlation, size=400)
        phases = rng.uniform(0.0, 2.0 * np.pi, size=400)
        x = np.arange(self.shape[1])
        return self.rough * np.sqrt(2.0 / 400) * np.cos(np.outer(x, waves) + phases).sum(axis=1)

    def picture(self, seed: int) -> Measurement:
        rng = np.random.default_rng(seed)
        rows, columns = self.shape
        x = np.arange(columns) - columns / 2
        half = self.thickness / 2.0 * np.hypot(1.0, self.slope)
        upper, lower = (rows / 2 + self.slope * x + side * half + self.edge(rng) for side in (-1.0, 1.0))
        y = np.arange(rows)[:, None]
        above, below = (special.ndtr((y - edge) / self.blur) for edge in (upper, lower))
        grey = self.levels[0] + (self.levels[1] - self.levels[0]) * above + (self.levels[2] - self.levels[1]) * below
        grains = ndimage.gaussian_filter(rng.normal(size=self.shape), self.grain)
        grey += self.grains * grains / grains.std() * above * (1.0 - below) + self.shading * x / columns
        grey += self.noise * rng.normal(size=self.shape)
        nm = 1e3 * PIXEL_UM
        meta = {"pixel_height_nm": nm, "pixel_width_nm": nm, "simulated": True}
        return Measurement(technique="microscopy", columns={"image": 200.0 * grey}, meta=meta)


SCENES = {
    "usual": Scene(),
    "rough": Scene(rough=4.0),
    "short waves": Scene(correlation=8.0),
    "long waves": Scene(correlation=60.0),
    "noise as large as the step": Scene(noise=0.5),
    "weak step": Scene(levels=(0.2, 0.25, 0.2), noise=0.08, grains=0.02),
    "thin": Scene(thickness=24.0, rough=1.0),
    "coarse grains": Scene(grains=0.2, grain=4.0),
    "tilted": Scene(slope=0.12),
    "out of focus": Scene(blur=4.0),
    "dark between bright": Scene(levels=(0.6, 0.3, 0.8), noise=0.1),
    "very rough": Scene(rough=6.0, correlation=30.0),
    "shaded": Scene(shading=0.2),
}


def _scores(scene: Scene, seeds: range) -> np.ndarray:
    """(measured - true)/u of each picture; what is refused is left out."""
    scores = []
    for seed in seeds:
        try:
            found = analyse(scene.picture(seed), Settings(**EXACT))["coating_thickness"]
        except Refused:
            continue
        scores.append((found.value - PIXEL_UM * scene.thickness) / found.std)
    return np.array(scores)


@pytest.mark.parametrize("name", SCENES)
def test_a_thickness_is_right_within_its_error(name: str) -> None:
    scores = _scores(SCENES[name], range(50, 52))
    assert len(scores) == 2
    assert np.abs(scores).max() < 3.5


@pytest.mark.slow
def test_intervals_hold_what_they_say_and_none_is_biased() -> None:
    """Over roughness, correlation length and contrast: 95 % intervals hold 90 to 98 %, and the mean score is small."""
    scores = {name: _scores(scene, range(12)) for name, scene in SCENES.items()}
    every = np.concatenate(list(scores.values()))
    assert len(every) > 0.95 * 12 * len(SCENES)
    assert 0.90 <= np.mean(np.abs(every) < 1.96) <= 0.995
    assert all(abs(float(np.mean(one))) < 0.9 for one in scores.values())  # 3 errors of a mean of 12


@pytest.mark.parametrize("step", [0.0, 0.005, 0.01])
def test_what_cannot_be_seen_is_refused(step: float) -> None:
    scene = Scene(levels=(0.2, 0.2 + step, 0.2), noise=0.08, grains=0.0)
    for seed in range(3):
        with pytest.raises(Refused, match=r"its edges cannot be followed|which ones are its edges is open"):
            analyse(scene.picture(seed), Settings(**EXACT))


def test_a_third_edge_is_refused_until_it_is_told_which_are_meant() -> None:
    picture = Scene(levels=(0.2, 0.5, 0.8), noise=0.03).picture(1)
    grey = picture["image"].copy()
    grey[250:] = 200.0 * 0.2  # the lower side of the foil
    three = Measurement(technique="microscopy", columns={"image": grey}, meta=picture.meta)
    with pytest.raises(Refused, match="third edge"):
        analyse(three, Settings(**EXACT))
    found = analyse(three, Settings(layer=(108.0, 192.0), **EXACT))["layer_thickness"]
    assert abs(found.value - 80.0 * PIXEL_UM) < 3.0 * found.std


def _tagged(scene: Scene, state: str, seed: int) -> Measurement:
    made = scene.picture(seed)
    return Measurement(technique="microscopy", columns=made.columns, meta={**made.meta, "tags": {"state": state}})


@pytest.mark.parametrize("swelling", [0.3, 1.2])
def test_the_change_is_that_of_the_coating_not_of_the_foil(swelling: float) -> None:
    """A coating of 10 um on a foil of 10 um: the foil does not swell (knowledge: +120 % instead of +200 %)."""
    before, after = (Scene(thickness=(10.0 * (1.0 + s) + 10.0) / PIXEL_UM) for s in (0.0, swelling))
    pictures = [_tagged(before, "2 V", n) for n in range(3)] + [_tagged(after, "0 V", 10 + n) for n in range(3)]
    settings = Settings(collector_um=10.0, collector_std_um=0.1, scale_uncertainty_percent=3.0)
    found = analyse_series(pictures, settings)
    change = found[1]["thickness_change"]
    assert [one.state for one in found] == ["2 V", "0 V"]
    assert abs(change.value - 100.0 * swelling) < 3.0 * change.std
    assert change.std < 15.0


def test_a_collector_that_is_not_stated_is_a_doubt() -> None:
    picture = Scene().picture(0)
    assert "collector_not_stated" in {n.code for n in analyse(picture, Settings()).notes}
    refused = analyse(picture, Settings(collector_um=25.0))
    assert "coating_thickness" not in refused.quantities
    assert "collector_too_thick" in {n.code for n in refused.notes if n.level == "refused"}


def test_the_spread_between_pictures_counts() -> None:
    """Places that differ by 20 % make the error of the mean much larger than that of each picture."""
    places = [Scene(thickness=t).picture(n) for n, t in enumerate((64.0, 80.0, 96.0))]
    alike = [Scene().picture(n) for n in range(3)]
    differ, same = (analyse_series(group, Settings(**EXACT))[0]["layer_thickness"].std for group in (places, alike))
    assert differ > 5.0 * same


def test_the_scale_cancels_in_a_change() -> None:
    pictures = [_tagged(Scene(), "2 V", 1), _tagged(Scene(thickness=120.0), "0 V", 2)]
    certain, uncertain = (
        analyse_series(pictures, Settings(collector_um=0.0, scale_uncertainty_percent=percent))[1]
        for percent in (0.0, 10.0)
    )
    assert uncertain["thickness_change"].std == pytest.approx(certain["thickness_change"].std, rel=1e-6)
    assert uncertain["layer_thickness"].std > 2.0 * certain["layer_thickness"].std


@pytest.mark.parametrize("factor", [0.1, 7.0])
def test_thickness_scales_with_the_pixel_and_turns_with_the_picture(factor: float) -> None:
    picture = Scene().picture(3)
    one = analyse(picture, Settings(pixel_size_nm=100.0))["layer_thickness"].value
    assert analyse(picture, Settings(pixel_size_nm=100.0 * factor))["layer_thickness"].value == pytest.approx(
        factor * one
    )
    turned = Measurement(technique="microscopy", columns={"image": picture["image"].T}, meta=picture.meta)
    other = analyse(turned, Settings(pixel_size_nm=100.0, runs="vertical"))["layer_thickness"].value
    assert other == pytest.approx(one)


def test_the_simulation_gives_back_its_thickness() -> None:
    made = layer_thickness.simulate(Parameters(thickness_um=30.0, tilt_degree=2.0), np.random.default_rng(5))
    found = layer_thickness.TECHNIQUE.analyse(made, Settings(**EXACT))
    assert abs(found["coating_thickness"].value - 30.0) < 3.0 * found["coating_thickness"].std
    assert found.simulated


def test_settings_that_cannot_be_are_refused() -> None:
    for values, told in (
        ({"collector_um": -1.0}, "collector_um: the thickness of a collector and its uncertainty are not negative"),
        ({"gamma": 0.0}, "gamma: gamma is 0; it must be above 0"),
        ({"contrast": (50.0, 10.0)}, r"contrast: \(50.0, 10.0\) are no two percentiles"),
        ({"pixel_size_nm": -1.0}, "pixel_size_nm: pixel_size_nm is -1; it must be above 0"),
    ):
        with pytest.raises(HalfcellError, match=told):
            Settings(**values)


def test_a_coating_is_the_layer_less_its_foil_in_a_single_state() -> None:
    found = analyse(Scene().picture(4), Settings(collector_um=3.0, collector_std_um=0.2))
    assert found["coating_thickness"].value == pytest.approx(found["layer_thickness"].value - 3.0)
    assert found["coating_thickness"].std == pytest.approx(np.hypot(found["layer_thickness"].std, 0.2))


def test_the_error_of_a_mean_over_three_places_is_that_of_student() -> None:
    """64, 80 and 96 px differ by 16 px: t(0.975, 2)/1.96 = 2.195 times 16/sqrt(3) px."""
    places = [Scene(thickness=t).picture(n) for n, t in enumerate((64.0, 80.0, 96.0))]
    std = analyse_series(places, Settings(**EXACT))[0]["layer_thickness"].std
    assert std == pytest.approx(2.195 * 16.0 / np.sqrt(3.0) * PIXEL_UM, rel=0.05)


def test_the_error_of_a_mean_falls_with_the_root_of_the_pictures() -> None:
    pictures = [Scene().picture(n) for n in range(4)]
    alone = [analyse(one, Settings(**EXACT))["layer_thickness"].std for one in pictures]
    together = analyse_series(pictures, Settings(**EXACT))[0]["layer_thickness"].std
    assert together == pytest.approx(np.sqrt(np.mean(np.square(alone))) / 2.0, rel=1e-6)


@pytest.mark.parametrize("degree", [-6.0, 3.0, 8.0])
def test_a_tilt_is_given_in_degrees(degree: float) -> None:
    found = analyse(Scene(slope=float(np.tan(np.radians(degree)))).picture(6), Settings(**EXACT))
    assert found.rows[0]["tilt"] == pytest.approx(degree, abs=0.3)
