"""The range of a fit and its shifts."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.raman import Settings
from halfcell.techniques.raman.fit_window import in_window, laser_line, nothing_seen, shifts, window

SHIFT = np.arange(100.0, 1200.0, 1.0)


def _spectrum(**meta: float) -> Measurement:
    columns = {"raman_shift_per_cm": SHIFT, "intensity_count": 100.0 + 0.0 * SHIFT}
    return Measurement(technique="raman", columns=columns, meta=meta)


@pytest.mark.parametrize(("region", "range_"), [("silicon", (400.0, 600.0)), ("carbon", (1000.0, 1800.0))])
def test_each_region_has_its_range(region: str, range_: tuple[float, float]) -> None:
    assert window(Settings(region=region)) == range_  # type: ignore[arg-type]
    assert window(Settings(window_per_cm=(450.0, 550.0))) == (450.0, 550.0)


def test_the_points_of_the_range_are_taken() -> None:
    x, _ = in_window(_spectrum(), Settings())
    assert (x[0], x[-1]) == (400.0, 600.0)


def test_a_spectrum_that_does_not_reach_the_range_is_an_error_that_tells_where_it_runs() -> None:
    with pytest.raises(InputError, match="points between 1000 and 1800") as error:
        in_window(
            Measurement(
                technique="raman", columns={"raman_shift_per_cm": SHIFT[:600], "intensity_count": np.ones(600)}
            ),
            Settings(region="carbon"),
        )
    assert "100 to 699" in str(error.value)


def test_wavelengths_become_shifts_by_the_laser_that_is_set() -> None:
    """532 nm and a line at 547.14 nm: 520.1 1/cm."""
    columns = {"wavelength_nanometre": np.array([547.14, 540.0]), "intensity_count": np.ones(2)}
    x, _ = shifts(Measurement(technique="raman", columns=columns), Settings(laser_nm=532.0))
    assert x[1] == pytest.approx(1e7 / 532.0 - 1e7 / 547.14)
    assert (np.diff(x) > 0).all()


def test_a_laser_line_for_an_axis_of_shifts_is_an_error() -> None:
    with pytest.raises(InputError, match="already a Raman shift"):
        shifts(_spectrum(), Settings(laser_nm=532.0))


@pytest.mark.parametrize(("settings", "nm"), [(Settings(), 633.0), (Settings(laser_nm=532.0), 532.0)])
def test_a_set_laser_comes_before_that_of_the_file(settings: Settings, nm: float) -> None:
    assert laser_line(_spectrum(laser_nm=633.0), settings) == nm


def test_where_nothing_is_seen_the_sharpest_line_is_told() -> None:
    y = 100.0 + 900.0 * np.exp(-(((SHIFT - 801.0) / 3.0) ** 2))
    columns = {"raman_shift_per_cm": SHIFT, "intensity_count": y}
    assert "801" in str(nothing_seen(Measurement(technique="raman", columns=columns), Settings()))
