"""What a reader notes about a file reaches every result made from it, once, whichever way the analysis is called."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import halfcell
from halfcell.cli import main
from halfcell.core.plugins import plugins
from halfcell.core.settings import build
from halfcell.readers import read
from halfcell.study.execute.step import compute_step
from halfcell.study.files.input_file import InputFile
from halfcell.study.plan.identified_plan import Step
from halfcell.techniques import Technique, impedance, technique
from halfcell.techniques.run import run

if TYPE_CHECKING:
    from halfcell.core.result import Note

PLUGIN = Path(__file__).parent / "plugin"
TECHNIQUES = sorted(plugins("techniques"))
SEVERAL = [name for name in TECHNIQUES if technique(name).analyses_several]
CODE = "planted"
QUICK = {  # settings that make an analysis short
    "diffraction": {"phases": ["Si"]},
    "impedance": {"compare": False, "circuit": impedance.Parameters().circuit},
    "simulated_cell": {"protocol": "rates", "given": ["current_ma_per_g=18"]},
}


@pytest.fixture(scope="module", autouse=True)
def planted_reader() -> Iterator[None]:
    """A reader of another package, installed for these tests, whose measurements carry a note."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PLUGIN))
        plugins.cache_clear()
        yield
    plugins.cache_clear()
    sys.modules.pop("planted_measurements", None)


@pytest.fixture
def files(tmp_path: Path) -> Callable[[str, int], list[Path]]:
    """Files of a technique, as many as are asked for, each with other noise."""

    def make(name: str, count: int) -> list[Path]:
        paths = [tmp_path / f"{name}_{number}.planted" for number in range(1, count + 1)]
        for seed, path in enumerate(paths):
            path.write_text(f"planted measurement of {name} {seed}\n", encoding="utf-8")
        return paths

    return make


@dataclass(frozen=True)
class Case:
    """A technique, its files, and the way in which it is called."""

    technique: Technique
    paths: Sequence[Path]
    capsys: pytest.CaptureFixture[str]

    @property
    def name(self) -> str:
        return self.technique.name

    @property
    def joins(self) -> bool:
        return self.technique.join is not None

    @property
    def settings(self) -> Any:
        return build(self.technique.settings, QUICK.get(self.name, {}))


Codes = list[tuple[str, ...]]  # of the notes, for each result


def _by_record(case: Case) -> Codes:
    """``technique("...").analyse``."""
    measurements = [read(path) for path in case.paths]
    if case.joins and len(measurements) > 1:
        measurements = [case.technique.join(measurements)]
    return [_codes(case.technique.analyse(measurement, case.settings).notes) for measurement in measurements]


def _by_engine(case: Case) -> Codes:
    """``techniques.run.run``."""
    results = run(case.technique, [read(path) for path in case.paths], case.settings, join=case.joins)
    return [_codes(result.notes) for result in results]


def _by_python(case: Case) -> Codes:
    """``halfcell.analyse``."""
    found = halfcell.analyse(list(case.paths), case.name, join=case.joins, **QUICK.get(case.name, {}))
    results = found if isinstance(found, list) else [found]
    return [_codes(result.notes) for result in results]


def _by_command(case: Case) -> Codes:
    """``halfcell analyse --json``."""
    words = ["analyse", "--json", "--technique", case.name, *(["--join"] if case.joins else [])]
    for setting, value in QUICK.get(case.name, {}).items():
        words += ["--set", f"{setting}={','.join(value) if isinstance(value, list) else value}"]
    assert main([*words, *map(str, case.paths)]) == 0
    found = json.loads(case.capsys.readouterr().out)
    results = found if isinstance(found, list) else [found]
    return [tuple(note["code"] for note in result["notes"]) for result in results]


def _by_study(case: Case) -> Codes:
    """A step of a study."""
    inputs = tuple(InputFile(path=path.name, sha256=_sha256(path), reader="planted 1") for path in case.paths)
    step = Step(technique=case.name, version="1", subject="A", settings=case.settings, id="0", files=inputs)
    return [_codes(result.notes) for result in compute_step(step, case.paths[0].parent).results]


def _codes(notes: Sequence[Note]) -> tuple[str, ...]:
    return tuple(note.code for note in notes)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


ENTRIES = {
    "record": _by_record,
    "engine": _by_engine,
    "python": _by_python,
    "command line": _by_command,
    "study": _by_study,
}


# Every technique is called by its record and by the engine; the other three ways call the engine, whatever the
# technique: by default with one that joins files, one that compares them and one that takes them one by one.
OWN_WAYS = ("record", "engine")
OF_EACH_KIND = ("cycling", "voltammetry", "particle_size")


def _ways(names: Sequence[str]) -> list[Any]:
    def mark(name: str, entry: str) -> Any:
        return () if entry in OWN_WAYS or name in OF_EACH_KIND else pytest.mark.slow

    return [pytest.param(name, entry, marks=mark(name, entry)) for name in names for entry in ENTRIES]


@pytest.mark.parametrize(("name", "entry"), _ways(TECHNIQUES))
def test_the_note_of_one_file_stands_in_its_result(name: str, entry: str, files, capsys) -> None:
    (codes,) = ENTRIES[entry](Case(technique(name), files(name, 1), capsys))
    assert codes.count(CODE) == 1


@pytest.mark.parametrize(("name", "entry"), _ways(SEVERAL))
def test_the_notes_of_several_files_stand_in_each_result(name: str, entry: str, files, capsys) -> None:
    results = ENTRIES[entry](Case(technique(name), files(name, 2), capsys))
    assert results
    assert [codes.count(CODE) for codes in results] == [1] * len(results)
