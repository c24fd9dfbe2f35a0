"""Settings from words: every mistake at once, each with its place and a hint."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pytest

from halfcell.core.errors import StudyError
from halfcell.core.sample import CellKind
from halfcell.core.settings import CheckedSettings, build, convert


@dataclass(frozen=True, kw_only=True)
class Settings:
    window_degree: tuple[float, float] = (1.0, 2.0)
    shape_factor: float = 0.9
    cycles: tuple[int, ...] = ()
    kind: CellKind | None = None
    strip: bool = False
    mode: Literal["fast", "exact"] = "fast"


def test_words_become_values() -> None:
    values = {"window_degree": "26, 31", "cycles": "1,2,50", "kind": "half", "strip": "true", "mode": "exact"}
    made = build(Settings, values)
    assert made == Settings(window_degree=(26, 31), cycles=(1, 2, 50), kind=CellKind.HALF, strip=True, mode="exact")


def test_all_mistakes_at_once() -> None:
    wrong = {"shape_facto": 1, "window_degree": "26", "kind": "halb", "strip": "perhaps", "mode": "fats"}
    with pytest.raises(StudyError) as caught:
        build(Settings, wrong, "study.toml:12")
    lines = [str(problem) for problem in caught.value.problems]
    assert len(lines) == 5
    assert all(line.startswith("study.toml:12: ") for line in lines)
    assert "did you mean 'shape_factor'?" in lines[0]
    assert "did you mean 'fast'?" in lines[4]


@pytest.mark.parametrize("value", ["nine", True, None])
def test_a_number_must_be_one(value: object) -> None:
    with pytest.raises(StudyError, match="not a number"):
        build(Settings, {"shape_factor": value})


@dataclass(frozen=True, kw_only=True)
class Pellet:
    active_mass_mg: float | None = None
    temperature_degc: float | None = None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("active_mass_mg", "0", "must be above 0"),
        ("active_mass_mg", "-1", "must be above 0"),
        ("active_mass_mg", "inf", "must be above 0"),
        ("active_mass_mg", "nan", "'nan' is not a number"),
        ("active_mass_mg", "1,31", "use a decimal point"),
        ("temperature_degc", "nan", "'nan' is not a number"),
    ],
)
def test_impossible_values_are_refused_by_name(name: str, value: str, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        build(Pellet, {name: value})


def test_below_freezing_is_possible() -> None:
    assert build(Pellet, {"temperature_degc": "-20", "active_mass_mg": "1.31"}).temperature_degc == -20


@dataclass(frozen=True, kw_only=True)
class Made(CheckedSettings):
    """Settings that are made directly."""

    kind: CellKind | None = None
    mass: float | None = None
    cycles: tuple[int, ...] = ()


def test_settings_made_directly_convert_what_they_are_given() -> None:
    made = Made(kind="half", mass=1, cycles=[1, "2"])
    assert made.kind is CellKind.HALF
    assert isinstance(made.mass, float)
    assert made.cycles == (1, 2)
    assert dataclasses.replace(made, mass="2.5").mass == 2.5


def test_settings_made_directly_refuse_all_that_cannot_be_converted() -> None:
    with pytest.raises(StudyError) as caught:
        Made(kind="hlf", mass="heavy", cycles=(1,))
    assert [problem.where for problem in caught.value.problems] == ["kind", "mass"]


def test_numbers_by_name_are_read_from_text() -> None:
    """``--set spike="corundum=20"`` was kept as text, which the analysis could not use."""
    wanted = Mapping[str, float]
    assert convert("Si=2, CoSi2=5.5", wanted) == {"Si": 2.0, "CoSi2": 5.5}
    assert convert({"Si": "2"}, wanted) == {"Si": 2.0}
    assert convert("", wanted) == {}
    for wrong in ("Si 2", "Si=many", 3):
        with pytest.raises(ValueError, match=r"by name|number"):
            convert(wrong, wanted)


@pytest.mark.parametrize("text", ["[[1, 2], [3, 4]]", "1,2; 3,4", [[1, 2], [3, 4]]])
def test_a_list_of_lists_in_a_word(text: object) -> None:
    """As ``--set regions=...`` gives it."""

    @dataclass(frozen=True, kw_only=True)
    class Regions:
        regions: tuple[tuple[float, float], ...] = ()

    assert build(Regions, {"regions": text}).regions == ((1.0, 2.0), (3.0, 4.0))


def test_an_optional_setting_may_be_a_list() -> None:
    """`crop = [0, 0, 40, 30]` in study.toml is a list, which no set of words can hold."""

    @dataclass(frozen=True, kw_only=True)
    class Cropped:
        crop: tuple[int, int, int, int] | None = None

    assert build(Cropped, {"crop": [0, 0, 40, 30]}).crop == (0, 0, 40, 30)
    assert build(Cropped, {"crop": "none"}).crop is None
    with pytest.raises(StudyError, match=r"crop: \[0, 0\] has 2 parts, not 4"):
        build(Cropped, {"crop": [0, 0]})


def test_a_range_of_cycles_is_written_out() -> None:
    with pytest.raises(ValueError, match=r"write each number: \[1, 2, 3\]"):
        convert("1-3", tuple[int, ...])
    with pytest.raises(ValueError, match=r"write each number: \[1, 2, \.\.\., 100\]"):
        convert(["1-100"], tuple[int, ...])
