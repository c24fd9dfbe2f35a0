"""What a check remarks before a run: masses that files state, fonts that are missing, plug-ins of one name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foreign_packages import install
from halfcell.core.errors import InputError
from halfcell.core.looks.records import FigureLook
from halfcell.core.measurement import Measurement
from halfcell.study.cache.lock_file import Lock
from halfcell.study.files.study_files import read_study_files
from halfcell.study.plan import file_remarks as file_remarks_module
from halfcell.study.plan import font_remark
from halfcell.study.plan.file_remarks import file_remarks
from halfcell.study.plan.font_remark import font_remarks
from halfcell.study.plan.plugin_clashes import clashing_plugins
from halfcell.study.plan.study_plan import plan_study
from halfcell.study.plan.vanished_subjects import vanished_subjects
from kept_study import step_entry
from planned_study import figure, planned, written

RAW = 'cycling = "raw/{cell}.txt"'
CELLS = {"cells.csv": "cell,sample,kind,active_mass_mg\nA1,P,half,1.5\nA2,P,half,2.0\nB1,Q,half,\n"}
CYCLING = figure('technique = "cycling"', 'replicates = "single"')


def _measurement(technique: str = "cycling") -> Measurement:
    """A measurement whose file states an active mass of 3 mg."""
    meta = {"vendor": {"Mass of active material": "3.0 mg"}}
    return Measurement(technique=technique, columns={"test_time_second": np.zeros(1)}, meta=meta)


@pytest.fixture
def stated(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Measurement]]:
    """What each raw file holds, by its name; filled in by the test."""
    found: dict[str, list[Measurement]] = {}

    def read(path: Path, reader: str = "") -> tuple[Measurement, ...]:
        if path.name not in found:
            raise InputError("cannot be read", path.name)
        return tuple(found[path.name])

    monkeypatch.setattr(file_remarks_module, "read_all", read)
    return found


def test_a_mass_that_is_not_that_of_the_file_is_remarked_with_its_place(tmp_path: Path, stated) -> None:
    made = _measurement()
    stated |= {"A1.txt": [made, made], "A2.txt": [made], "B1.txt": [made]}
    plan = planned(tmp_path, CYCLING + figure('technique = "cycling"', 'cells = ["A1"]', id="S2"), raw=RAW, files=CELLS)
    assert plan.problems == ()
    assert list(file_remarks(plan)) == [
        "cells.csv:2 (active_mass_mg): 1.5 mg was set, and the raw file states 3 mg (raw/A1.txt)",
        "cells.csv:3 (active_mass_mg): 2 mg was set, and the raw file states 3 mg (raw/A2.txt)",
    ]


def test_measurements_of_another_kind_and_files_that_cannot_be_read_are_not_remarked(tmp_path: Path, stated) -> None:
    stated |= {"A1.txt": [_measurement("impedance")]}
    assert list(file_remarks(planned(tmp_path, CYCLING, raw=RAW, files=CELLS))) == []


def test_a_technique_that_compares_nothing_opens_no_file(tmp_path: Path, stated) -> None:
    stated |= {name: [_measurement()] for name in ("A1.txt", "A2.txt")}
    assert list(file_remarks(planned(tmp_path, figure()))) == []
    raw = 'cycling = { pattern = "raw/{cell}.txt", columns = { a = "test_time_second" } }'
    assert list(file_remarks(planned(tmp_path, CYCLING, raw=raw, files=CELLS))) == []


@pytest.mark.parametrize(
    ("large", "said"),
    [
        (1, ["1 raw file is too large to be read by a check: what they state is compared when the study runs"]),
        (2, ["2 raw files are too large to be read by a check: what they state is compared when the study runs"]),
    ],
)
def test_large_files_are_left_to_the_run(
    tmp_path: Path, stated, large: int, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {**CELLS, **{f"raw/A{n}.txt": "x" * 100 for n in range(1, large + 1)}, "raw/B1.txt": None}
    plan = planned(tmp_path, CYCLING, raw=RAW, files=files)
    monkeypatch.setattr(file_remarks_module, "_LARGEST", 99)
    assert list(file_remarks(plan)) == said
    monkeypatch.setattr(file_remarks_module, "_LARGEST", 100)
    assert list(file_remarks(plan)) == []
    assert stated == {}


def test_a_file_that_is_gone_is_not_remarked(tmp_path: Path, stated) -> None:
    plan = planned(tmp_path, CYCLING, raw=RAW, files=CELLS)
    for name in ("A1", "A2", "B1"):
        (tmp_path / f"raw/{name}.txt").unlink()
    assert list(file_remarks(plan)) == []
    assert stated == {}


def test_each_list_of_missing_fonts_is_told_once_with_its_journals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_remark, "replacement", lambda font: "" if font == ("There",) else f"{font[0]} is missing")
    looks = [
        FigureLook(),
        FigureLook(font=("There",), journal="C"),
        FigureLook(font=("Arial",), journal="A"),
        FigureLook(font=("Arial",), journal="B"),
        FigureLook(font=("Arial",), journal="A"),
        FigureLook(font=("Times",)),
    ]
    assert list(font_remarks(iter(looks))) == [
        "Arial is missing (asked for by the style of A, B); install one of them, or set font in [style]",
        "Times is missing; install one of them, or set font in [style]",
    ]
    assert list(font_remarks([])) == []


@pytest.mark.filterwarnings("ignore")
def test_a_technique_that_another_package_wants_is_told_where_it_is_used(tmp_path: Path, packages: Path) -> None:
    points = {"techniques.impedance": "other_lab:TECHNIQUE", "techniques.raman": "other_lab:TECHNIQUE"}
    install(packages, "other-lab", points, {"other_lab.py": "TECHNIQUE = None\n"})
    plan = planned(tmp_path, figure('technique = "impedance"'))
    (problem,) = clashing_plugins(plan)
    assert problem.what.startswith("technique 'impedance': ")
    assert "other-lab" in problem.what
    assert problem.where.startswith("study.toml:5"), "the line of the figure, which names it last"
    assert "raman" not in problem.what


@pytest.mark.filterwarnings("ignore")
def test_a_reader_that_another_package_wants_is_told_with_the_file(tmp_path: Path, packages: Path) -> None:
    from halfcell.readers.impedance import zplot
    from halfcell.techniques import impedance

    spectrum = zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1))).decode("latin-1")
    install(packages, "other-lab", {"readers.zplot": "other_lab"}, {"other_lab.py": "VERSION = '1'\n"})
    plan = planned(tmp_path, figure('technique = "impedance"'), files={"raw/A1.txt": spectrum})
    (problem,) = clashing_plugins(plan)
    assert problem.what.startswith("reader 'zplot': ")
    assert problem.where == "raw/A1.txt"


def test_without_other_packages_nothing_clashes(tmp_path: Path, packages: Path) -> None:
    assert list(clashing_plugins(planned(tmp_path, figure()))) == []
    assert packages.is_dir()


ALL = figure('technique = "impedance"', 'replicates = "single"')


def _vanished(
    folder: Path, items: str, shown: dict[str, str], gone: tuple[tuple[str, str, str], ...] = ()
) -> list[str]:
    """The paths that an item has lost, after a run that showed some subjects with their files."""
    files = read_study_files(written(folder, items, files={"raw/B1.txt": None}).root / "study.toml")
    (item,) = plan_study(files).items
    steps = {
        str(n): step_entry(technique="impedance", subject=subject, sources={path: "1"})
        for n, (subject, path) in enumerate(shown.items())
    }
    entry = {"key": "k", "steps": list(steps), "name": "Fig. S1", "outputs": {}, "gone": list(gone)}
    lock: Lock = {"format": 2, "steps": steps, "items": {"figure S1": entry}}  # type: ignore[typeddict-item]
    return [one.path for one in vanished_subjects(files, item, lock)]


@pytest.mark.parametrize(
    ("items", "shown", "lost"),
    [
        (ALL, {"A1": "raw/A1.txt", "B1": "raw/B1.txt"}, ["raw/B1.txt"]),
        (ALL, {"A1": "old/A1.txt"}, []),  # still shown, under another name
        (ALL, {"Z9": "raw/Z9.txt"}, []),  # no longer in the tables
        (ALL, {"B1": "raw/A2.txt"}, []),  # its file is there and matches another subject now
        (figure('technique = "impedance"', 'cells = ["A1"]'), {"B1": "raw/B1.txt"}, []),  # left out on purpose
        (figure('technique = "impedance"', 'samples = ["P"]'), {"B1": "raw/B1.txt"}, []),
    ],
)
def test_a_subject_has_vanished_if_it_was_shown_is_in_the_table_and_has_no_file(
    tmp_path: Path, items: str, shown: dict[str, str], lost: list[str]
) -> None:
    assert _vanished(tmp_path, items, shown) == lost


def test_what_had_vanished_before_is_told_again_and_once(tmp_path: Path) -> None:
    gone = (("impedance", "B1", "raw/B1.txt"), ("impedance", "B1", "raw/B1_2.txt"))
    assert _vanished(tmp_path, ALL, {}, gone) == ["raw/B1.txt"]
    assert _vanished(tmp_path, ALL, {"B1": "raw/B1.txt"}, gone) == ["raw/B1.txt"]


def test_a_study_that_was_not_run_has_lost_nothing(tmp_path: Path) -> None:
    files = written(tmp_path, ALL)
    (item,) = plan_study(files).items
    assert list(vanished_subjects(files, item, {})) == []
