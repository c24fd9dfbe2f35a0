"""Sorption on real files: the TriStar report's own values, BETSI's windows and areas, classes, speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from halfcell.readers import read
from halfcell.techniques import sorption
from halfcell.techniques.sorption import Settings

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "materials/sorption"

# area (m2/g) of BETSI e68e3de at its defaults; the number of valid windows and the chosen one (points, from 0)
BETSI = {
    "HKUST-1": (1556.4, 90, (17, 27)),
    "MCM-41": (1000.8, 28, (6, 16)),
    "MIL-101": (2447.0, 160, (21, 40)),
    "Mg-MOF-74": (1010.5, 53, (11, 31)),
    "NU-1102": (4931.1, 30, (24, 37)),
    "NU-1105": (3635.1, 1, (41, 51)),
    "TPB-DMTP-COF": (2874.7, 134, (17, 27)),
    "UiO-66-NH2": (1424.8, 75, (14, 25)),
    "UiO-66": (1144.4, 182, (35, 83)),
    "ZIF-8": (1709.0, 27, (10, 25)),
}
PYGAPS = {"MCM-41 N2 77K": 358.53, "SiO2 N2 77K": 210.39}


@pytest.fixture(scope="module")
def tristar(data: Path) -> sorption.SorptionResult:
    """A powder by the window, thickness and range of its instrument's own report."""
    settings = Settings(bet_method="instrument", thickness="instrument", t_range_nm=(0.3, 0.5))
    return sorption.analyse(read(data / FOLDER / "Sample_A.xls"), settings)


def test_tristar_bet(tristar: sorption.SorptionResult) -> None:
    assert tristar["bet_area"].value == pytest.approx(194.7493, abs=0.01)
    assert tristar["bet_c"].value == pytest.approx(107.292458, abs=0.005)
    assert tristar["monolayer"].value == pytest.approx(44.7434, abs=1e-4)


def test_tristar_bjh_with_the_files_own_settings(tristar: sorption.SorptionResult) -> None:
    assert tristar["bjh_volume_adsorption"].value == pytest.approx(0.641678, rel=0.01)
    assert tristar["bjh_volume_desorption"].value == pytest.approx(0.699796, rel=0.01)
    assert tristar["bjh_area_adsorption"].value == pytest.approx(224.787, rel=0.01)
    assert tristar["bjh_area_desorption"].value == pytest.approx(308.8467, rel=0.01)
    codes = [note.code for note in tristar.notes]
    assert codes.count("bjh_above_bet") == 2  # the instrument printed 224.8 and 308.8 beside a BET area of 194.7
    assert "bjh_settings" in codes


def test_tristar_t_plot(tristar: sorption.SorptionResult) -> None:
    assert tristar["external_area"].value == pytest.approx(139.6612, rel=0.01)
    assert tristar["micropore_volume"].value == pytest.approx(0.003026, abs=0.001)


@pytest.mark.parametrize("name", BETSI)
def test_betsi_window_and_area(data: Path, name: str) -> None:
    area, count, window = BETSI[name]
    result = sorption.analyse(read(data / FOLDER / "betsi" / f"{name}.csv"), Settings())
    assert result["bet_area"].value == pytest.approx(area, rel=5e-4)
    assert result["bet_window_count"].value == count
    assert (result.bet.first, result.bet.last) == window
    assert all(result.bet.criteria)


@pytest.mark.parametrize("name", PYGAPS)
def test_near_pygaps_where_its_window_is_sound(data: Path, name: str) -> None:
    """pyGAPS takes the first falling point of n(1-p) into its window; on these two that costs little."""
    result = sorption.analyse(read(data / FOLDER / f"{name}.json"), Settings())
    assert result["bet_area"].value == pytest.approx(PYGAPS[name], rel=0.02)


@pytest.mark.parametrize(
    ("name", "kind", "loop"),
    [
        ("Sample_A.xls", "IV(a)", "H1"),
        ("200819-2_jis.DAT", "IV(a)", "H2(a)"),
        ("ar_test_77k.aif", "I(b)", "none"),
        ("betsi/HKUST-1.csv", "I(a)", "undecided"),
        ("SiO2 N2 77K.json", "II", "none"),
    ],
)
def test_classes(data: Path, name: str, kind: str, loop: str) -> None:
    result = sorption.analyse(read(data / FOLDER / name), Settings())
    assert (result.isotherm_type, result.hysteresis) == (kind, loop)
