"""A technique is a frozen record that is checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from halfcell.core.errors import PluginError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note, Result
from halfcell.core.source import Source
from halfcell.techniques.load import load_technique, recipe_version
from halfcell.techniques.run import run
from halfcell.techniques.technique import Technique


@dataclass(frozen=True)
class Settings:
    """`factor`: a number."""

    factor: float = 2.0


@dataclass(frozen=True)
class Bare:
    """`factor` has no default."""

    factor: float


def analyse(measurement: Measurement, settings: Settings) -> Result:
    return Result(technique="weighing", notes=(Note("info", "own", "of the analysis"),))


GOOD = {
    "name": "weighing",
    "reads": ("weighing",),
    "version": "1",
    "settings": Settings,
    "analyse": analyse,
    "figures": {"bars": len},
    "tables": {},
    "simulate": len,
}
DOUBT = Note("doubt", "no_time", "the file has no time")
MEASURED = Measurement(technique="weighing", columns={}, notes=(DOUBT,), source=Source("a.wgt", "ab" * 32, "weights"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "`name`"),
        ({"reads": "weighing"}, "`reads`"),
        ({"reads": ("",)}, "`reads`"),
        ({"version": ""}, "`version`"),
        ({"version": 1}, "`version`"),
        ({"settings": dict}, "`settings`"),
        ({"settings": Bare}, "without a default: factor"),
        ({"analyse": None}, "`analyse` and `simulate`"),
        ({"figures": {}}, "neither figures nor tables"),
        ({"figures": {"bars": "bars"}}, "must hold functions"),
        ({"references": {"blank": 1.0}}, "must hold functions"),
        ({"join": "join"}, "`join`, `series`, `select`, `claims`, `methods` and `remarks`"),
        ({"methods": "text"}, "`join`, `series`, `select`, `claims`, `methods` and `remarks`"),
        ({"remarks": "text"}, "`join`, `series`, `select`, `claims`, `methods` and `remarks`"),
        ({"builds_on": "cycling"}, "`builds_on`"),
    ],
)
def test_a_wrong_record_says_what_is_wrong(change: dict[str, object], said: str) -> None:
    with pytest.raises(PluginError, match=said):
        Technique(**{**GOOD, **change})


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(PluginError, match=r"`reads`.*`version`.*neither"):
        Technique(**{**GOOD, "reads": [], "version": "", "figures": {}})


def test_what_analyse_returns_carries_the_readers_notes_the_source_and_the_settings() -> None:
    (engine,) = run(Technique(**GOOD), [MEASURED], Settings(factor=3.0))
    for result in (Technique(**GOOD).analyse(MEASURED, Settings(factor=3.0)), engine):
        assert [note.code for note in result.notes] == ["no_time", "own"]
        assert [source.path for source in result.sources] == ["a.wgt"]
        assert result.settings == {"factor": 3.0}


def test_the_version_of_a_technique_holds_that_of_what_it_builds_on() -> None:
    inner = load_technique("cycling").version
    assert recipe_version(load_technique("comparison")).endswith(f"(cycling {inner})")
    assert recipe_version(load_technique("cycling")) == inner
