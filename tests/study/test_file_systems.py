"""One study on every file system: links in circles, absolute paths, other drives, decomposed names, capitals."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

import halfcell
from halfcell.core.errors import InputError
from halfcell.study.draft.draft_study import draft_study
from halfcell.study.files import file_names
from halfcell.study.files.file_names import is_named, is_output
from halfcell.study.files.folder_files import folder_files, written_path
from halfcell.study.files.patterns import fixed_folder, match_files, with_slashes
from halfcell.study.files.sheets import read_sheet


def listed(root: Path, folder: str = "raw") -> list[str]:
    return [path for path, _ in folder_files(root, folder)]


def names(text: str) -> tuple[str, str]:
    """A name as people type it, and as macOS keeps it."""
    return unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """Eight folders that all link to each other, and a link to the folder above."""
    for name in "abcdefgh":
        (tmp_path / "raw" / name).mkdir(parents=True)
        (tmp_path / "raw" / name / "x.wgt").write_text("weights\n1\n")
    for one in "abcdefgh":
        for other in "abcdefgh":
            os.symlink(tmp_path / "raw" / other, tmp_path / "raw" / one / f"to_{other}")
    os.symlink(tmp_path, tmp_path / "raw" / "up")
    return tmp_path


def test_links_in_circles_end(linked: Path) -> None:
    """Ways through 8 folders that link to each other: 8 + 8*7 + 8*7*6 + 8*7*6*5 with up to 3 links, not 109,600."""
    found = listed(linked)
    assert len(found) == 8 + 56 + 336 + 1680
    assert {"raw/a/x.wgt", "raw/h/x.wgt", "raw/b/to_c/x.wgt"} <= set(found)
    assert not any(path.startswith("raw/up/") for path in found)


def test_a_draft_copies_circles_once(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "notes.wgt").write_text("weights\n1\n")
    os.symlink(tmp_path / "data", tmp_path / "data" / "again")
    draft_study(tmp_path / "study", tmp_path / "data", copy=True)
    assert [p.name for p in (tmp_path / "study" / "raw").iterdir()] == ["notes.wgt"]


def test_a_linked_folder_is_read(small, tmp_path: Path) -> None:
    (small.root / "raw").rename(tmp_path / "elsewhere")
    os.symlink(tmp_path / "elsewhere", small.root / "raw")
    assert halfcell.Study.load(small.root).check() == ()


def test_an_absolute_pattern_finds_its_files(small, tmp_path: Path) -> None:
    (small.root / "raw").rename(tmp_path / "elsewhere")
    small.edit("study.toml", '"raw/{cell}.wgt"', f'"{(tmp_path / "elsewhere").as_posix()}/{{cell}}.wgt"')
    study = halfcell.Study.load(small.root)
    assert study.check() == ()
    assert study.run(workers=1).exit_status == 0
    sources = study.why("Fig. S1:Si (A1):mean_weight").number.origin.sources
    assert [source.path for source in sources] == [(tmp_path / "elsewhere" / f"A{n}.wgt").as_posix() for n in (1,)]


def test_a_pattern_on_another_drive_of_windows() -> None:
    assert fixed_folder("D:/data/{cell}.mpr") == "D:/data"
    assert with_slashes(r"raw\gcpl\{cell}.mpr", "\\") == "raw/gcpl/{cell}.mpr"
    assert with_slashes(r"raw\{cell}.mpr", "/") == r"raw\{cell}.mpr"  # part of a name on other systems


def test_raw_files_on_another_drive_keep_their_absolute_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``os.path.relpath`` of Windows: ``ValueError: path is on mount 'D:', start on mount 'C:'``."""

    def relpath(path: object, start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", relpath)
    (tmp_path / "x.wgt").write_text("weights\n1\n")
    assert written_path(tmp_path, Path("study")) == tmp_path.as_posix()
    assert listed(Path("study"), str(tmp_path)) == [(tmp_path / "x.wgt").as_posix()]


@pytest.mark.parametrize("on_disk", [0, 1])
@pytest.mark.parametrize("in_table", [0, 1])
def test_composed_and_decomposed_names_are_one_name(small, on_disk: int, in_table: int) -> None:
    forms = names("Prüf-é")
    (small.root / "raw" / "A1.wgt").rename(small.root / "raw" / f"{forms[on_disk]}.wgt")
    small.edit("cells.csv", "A1,", f"{forms[in_table]},")
    small.edit("truth.csv", "A1,", f"{forms[1 - in_table]},")
    small.edit("study.toml", '"A1"', f'"{forms[1 - in_table]}"')
    study = halfcell.Study.load(small.root)
    assert study.check() == ()
    assert study.run(workers=1).exit_status == 0
    (source,) = study.why(f"Fig. S1:Si ({forms[0]}):mean_weight").number.origin.sources
    assert unicodedata.normalize("NFC", source.path) == f"raw/{forms[0]}.wgt"


def test_a_file_is_found_under_the_name_of_the_disk(small) -> None:
    composed, decomposed = names("Zellen-größe.csv")
    (small.root / "cells.csv").rename(small.root / decomposed)
    small.edit("study.toml", 'title = "Weights"', f'title = "Weights"\ncells = "{composed}"')
    assert halfcell.Study.load(small.root).check() == ()


def test_names_in_other_scripts_differ(small) -> None:
    """Letters that are not Latin count: two such names are not one name with other punctuation."""
    for number, name in ((1, "正极"), (2, "负极")):
        (small.root / "raw" / f"A{number}.wgt").rename(small.root / "raw" / f"{name}.wgt")
        small.edit("cells.csv", f"A{number},", f"{name},")
    small.edit("study.toml", '"A1"', '"正极"') if '"A1"' in (small.root / "study.toml").read_text() else None
    small.edit("truth.csv", "A1,", "正极,")
    assert halfcell.Study.load(small.root).check() == ()


class TestCapitals:
    """A file system where capitals do not matter, simulated: a path exists in any capitals."""

    @pytest.fixture(autouse=True)
    def no_capitals(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file system that takes capitals and small letters for the same."""
        monkeypatch.setattr(file_names.os.path, "exists", lambda _: True)
        monkeypatch.setattr(file_names.os.path, "samefile", lambda a, b: str(a).casefold() == str(b).casefold())

    def test_the_own_files_are_recognised(self) -> None:
        assert is_named("Cells.CSV", ("cells.csv",), Path("study"))
        assert not is_named("cells2.csv", ("cells.csv",), Path("study"))

    def test_outputs_are_no_raw_files(self) -> None:
        assert is_output("Out/figures/S1.csv", Path("study"))
        assert is_output("Study.lock", Path("study"))
        assert not is_output("outer/a.csv", Path("study"))


def test_capitals_that_matter_tell_two_files_apart(tmp_path: Path) -> None:
    for name in ("cells.csv", "CELLS.csv"):
        (tmp_path / name).write_text("")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("capitals do not matter on this file system")
    assert not is_named("CELLS.csv", ("cells.csv",), tmp_path)


def test_patterns_match_any_capitals() -> None:
    (found,) = match_files("raw/{cell}.mpr", ["RAW/A1.MPR"], ["a1"])
    assert (found.path, found.subject.name) == ("RAW/A1.MPR", "a1")


def test_a_table_open_in_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "cells.xlsx").write_bytes(b"")
    monkeypatch.setattr("openpyxl.load_workbook", refuse)
    with pytest.raises(InputError) as caught:
        read_sheet(tmp_path / "cells.xlsx")
    assert "close it" in caught.value.hint
