"""Which reader reads a raw file: found once per content, told when there is none, asked again when readers change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.readers.impedance import zplot
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.plan import file_readers
from halfcell.study.plan.file_readers import by_column_map, reader_names, readers_of, unrecognised, versioned
from halfcell.study.plan.identity import identify
from halfcell.techniques import impedance
from kept_study import sha256
from planned_study import figure, planned

EIS = 'technique = "impedance"'
SPECTRUM = zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1))).decode("latin-1")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that readers were asked about."""
    seen: list[str] = []
    find = file_readers.find
    monkeypatch.setattr(file_readers, "find", lambda raw: seen.append(raw.name) or find(raw))
    return seen


def _write(root: Path, files: dict[str, str]) -> dict[str, str]:
    for name, text in files.items():
        (root / name).write_text(text)
    return {name: sha256(text) for name, text in files.items()}


def test_a_reader_is_named_with_its_version_and_an_unknown_format_has_none(tmp_path: Path) -> None:
    hashes = _write(tmp_path, {"a.txt": SPECTRUM, "b.txt": "nothing"})
    found = readers_of(tmp_path, {**hashes, "missing": "00"})
    assert found == {"a.txt": versioned("zplot"), "b.txt": "", "missing": ""}
    name, version = found["a.txt"].split(" ")
    assert (name, version.isdigit()) == ("zplot", True)
    assert by_column_map().split(" ")[0] == "columns"


def test_a_file_is_opened_once_and_again_when_its_content_is_another(tmp_path: Path, opened: list[str]) -> None:
    hashes = _write(tmp_path, {"a.txt": SPECTRUM, "b.txt": "nothing"})
    first = readers_of(tmp_path, hashes)
    assert opened == ["a.txt", "b.txt"]
    assert readers_of(tmp_path, hashes) == first
    assert opened == ["a.txt", "b.txt"]
    assert readers_of(tmp_path, {**hashes, "b.txt": "other"})["a.txt"] == first["a.txt"]
    assert opened == ["a.txt", "b.txt", "b.txt"]


def test_files_are_opened_again_when_other_readers_are_installed(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = _write(tmp_path, {"a.txt": SPECTRUM})
    readers_of(tmp_path, hashes)
    monkeypatch.setattr(file_readers, "readers_hash", lambda: "other")
    readers_of(tmp_path, hashes)
    assert opened == ["a.txt", "a.txt"]


def test_files_that_no_reader_recognises_are_told_once_with_the_reason(tmp_path: Path) -> None:
    items = figure(EIS, 'cells = ["A1", "A2"]') + figure(EIS, 'cells = ["A1"]', id="S2")
    plan = planned(tmp_path, items, files={"raw/A1.txt": "nothing", "raw/A2.txt": SPECTRUM})
    (line,) = unrecognised(plan)
    assert line.startswith("raw/A1.txt: no reader recognises the file")
    assert reader_names(plan) == {"raw/A2.txt": "zplot"}


def test_a_file_that_was_recognised_and_has_not_changed_is_not_opened(tmp_path: Path, opened: list[str]) -> None:
    items = figure(EIS, 'cells = ["A1", "A2"]')
    files = {"raw/A1.txt": "nothing", "raw/A2.txt": SPECTRUM}
    identify(planned(tmp_path, items, files=files))
    opened.clear()
    plan = planned(tmp_path, items, files=files)
    assert len(list(unrecognised(plan))) == 1
    assert opened == ["A1.txt"], "what was not recognised is asked about again"
    (tmp_path / FOLDER / "readers.json").unlink()
    opened.clear()
    assert len(list(unrecognised(plan))) == 1
    assert opened == ["A1.txt", "A2.txt"]


def test_files_with_a_reader_or_a_column_map_of_the_study_are_not_asked_about(tmp_path: Path) -> None:
    for more in ('reader = "zplot"', 'columns = { f = "frequency_hertz" }'):
        raw = f'impedance = {{ pattern = "raw/{{cell}}.txt", {more} }}'
        plan = planned(tmp_path, figure(EIS, 'cells = ["A1"]'), raw=raw)
        assert list(unrecognised(plan)) == []
        assert reader_names(plan) == {}


def test_files_that_settings_name_are_asked_about(tmp_path: Path) -> None:
    raw = 'microscopy = "raw/{sample}.tif"'
    item = figure('technique = "microscopy"', 'set = { inset_picture = "raw/A1.txt" }')
    plan = planned(tmp_path, item, raw=raw, files={"raw/P.tif": "nothing", "raw/A1.txt": SPECTRUM})
    assert reader_names(plan) == {"raw/A1.txt": "zplot"}
    assert [line.partition(":")[0] for line in unrecognised(plan)] == ["raw/P.tif"]
