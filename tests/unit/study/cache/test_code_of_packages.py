"""The code and the versions of techniques and readers of other packages, read from their sources without importing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from foreign_packages import forget, install
from halfcell.core.errors import PluginWarning
from halfcell.core.plugins import plugins
from halfcell.study.cache import code_hash
from halfcell.study.cache.code_hash import (
    code_stamp,
    drawing_code,
    item_code,
    report_code,
    source_code,
)
from halfcell.study.cache.declared_versions import (
    declared_version,
    installed_version,
    module_source,
    readers_hash,
    with_package,
)
from halfcell.study.files.item_spec import ItemSpec, Part

TECHNIQUE = (
    'from halfcell.techniques import Technique\nTECHNIQUE = Technique(\n    name="{0}",\n    version="{1}",\n)\n'
)


def _spec(*parts: Part) -> ItemSpec:
    return ItemSpec(kind="figure", id="S1", path=("figure", 0), parts=parts)


@pytest.fixture
def lab(packages: Path) -> Path:
    """A package with techniques in one file, in a file beside which another one lies, and in a folder; a reader."""
    points = {
        "techniques.alone": "lab_alone:TECHNIQUE",
        "techniques.beside": "lab_beside:TECHNIQUE",
        "techniques.folder": "lab_folder.technique:TECHNIQUE",
        "readers.labfile": "lab_reader",
    }
    modules = {
        "lab_alone.py": TECHNIQUE.format("alone", "7"),
        "lab_beside.py": "import lab_helper\n" + TECHNIQUE.format("beside", "8"),
        "lab_helper.py": "from lab_deeper import x\n",
        "lab_deeper.py": "x = 1\n",
        "lab_unused.py": "x = 1\n",
        "lab_folder/__init__.py": "",
        "lab_folder/technique.py": TECHNIQUE.format("folder", "9"),
        "lab_folder/sub/words.toml": "a = 1\n",
        "lab_folder/notes.txt": "no code\n",
        "lab_reader.py": 'VERSION: str = "3"\n',
    }
    install(packages, "lab-tools", points, modules, "1.2")
    return packages


def _codes() -> dict[str, str]:
    drawing_code.cache_clear()
    return {name: drawing_code(name) for name in ("alone", "beside", "folder")}


EDITS = {
    "lab_alone.py": {"alone"},
    "lab_beside.py": {"beside"},
    "lab_helper.py": {"beside"},
    "lab_deeper.py": {"beside"},
    "lab_unused.py": set(),
    "lab_folder/__init__.py": {"folder"},
    "lab_folder/technique.py": {"folder"},
    "lab_folder/sub/words.toml": {"folder"},
    "lab_folder/notes.txt": set(),
}


@pytest.mark.parametrize("path", EDITS)
def test_an_edit_changes_the_code_of_those_that_use_the_file(lab: Path, path: str) -> None:
    before = _codes()
    stamps = {name: code_stamp([name]) for name in before}
    (lab / path).write_text((lab / path).read_text() + "\n# edited\n")
    after = _codes()
    assert {name for name in before if after[name] != before[name]} == EDITS[path]
    changed = {name for name in before if code_stamp([name]) != stamps[name]}
    assert changed == EDITS[path], "the quick comparison sees the same"


def test_a_new_version_of_the_package_counts_for_its_techniques_only(lab: Path) -> None:
    before = {name: drawing_code(name) for name in ("alone", "raman")}
    install(lab, "lab-tools", {"techniques.alone": "lab_alone:TECHNIQUE"}, {}, "1.3")
    drawing_code.cache_clear()
    assert drawing_code("alone") != before["alone"]
    assert drawing_code("raman") == before["raman"]


@pytest.mark.parametrize(
    ("name", "kind", "declared", "installed"),
    [
        ("alone", "techniques", "7", "7 (lab-tools 1.2)"),
        ("labfile", "readers", "3", "3 (lab-tools 1.2)"),
        ("nothing", "techniques", "", ""),
        ("nothing", "readers", "", ""),
        ("alone", "readers", "", ""),
    ],
)
def test_versions_are_read_from_the_source(lab: Path, name: str, kind, declared: str, installed: str) -> None:
    assert declared_version(name, kind) == declared
    assert installed_version(name, kind) == installed
    assert "lab_alone" not in sys.modules
    assert "lab_reader" not in sys.modules


def test_a_version_of_halfcell_itself_has_no_package_behind_it(lab: Path) -> None:
    assert with_package("5", "raman") == "5"
    assert with_package("5", "alone") == "5 (lab-tools 1.2)"
    assert with_package("", "alone") == "(lab-tools 1.2)"
    assert installed_version("raman") == declared_version("raman", "techniques") == declared_version("raman")
    assert declared_version("raman").isdigit()
    assert declared_version("neware", "readers").isdigit()


def test_a_version_that_the_source_does_not_tell_is_asked_of_the_module(lab: Path) -> None:
    reader = "SUFFIXES = ('.lab',)\ndef recognises(raw): return False\ndef parse(raw): return ()\n"
    install(
        lab,
        "lab-tools",
        {"readers.labfile": "lab_reader", "readers.bare": "lab_bare"},
        {"lab_reader.py": f"VERSION = str(2 + 2)\n{reader}", "lab_bare.py": reader},
    )
    assert declared_version("labfile", "readers") == "4"
    with pytest.warns(PluginWarning, match="'bare' of lab-tools 1.0 is incomplete: it has no VERSION"):
        assert declared_version("bare", "readers") == ""


@pytest.mark.filterwarnings("ignore")
def test_a_package_that_does_not_work_has_no_version(lab: Path) -> None:
    install(
        lab,
        "lab-tools",
        {"techniques.alone": "lab_alone:TECHNIQUE", "readers.labfile": "lab_reader"},
        {"lab_alone.py": "1 / 0\n", "lab_reader.py": "1 / 0\n"},
    )
    assert declared_version("alone") == ""
    assert declared_version("labfile", "readers") == ""


def test_the_hash_of_all_readers_follows_their_versions(lab: Path) -> None:
    before = readers_hash()
    assert len(before) == 64
    assert readers_hash() == before
    (lab / "lab_reader.py").write_text('VERSION: str = "4"\n')
    forget()
    assert readers_hash() != before


def test_a_module_is_found_without_being_imported(lab: Path) -> None:
    assert module_source("lab_folder") == lab / "lab_folder" / "__init__.py"
    assert module_source("lab_folder.technique") == lab / "lab_folder" / "technique.py"
    assert module_source("lab_nothing") is None
    own = module_source("halfcell.core.figure")
    assert own is not None
    assert own.name == "figure.py"
    package = module_source("halfcell.techniques.raman")
    assert package is not None
    assert (package.parent.name, package.name) == ("raman", "__init__.py")
    assert module_source("halfcell.no.such.module") is None


def test_an_item_has_the_code_of_its_techniques_and_of_the_prediction_that_it_carries() -> None:
    raman, impedance = Part(technique="raman"), Part(technique="impedance")
    one = item_code(_spec(raman))
    assert item_code(_spec(raman, raman)) == one
    assert item_code(_spec(raman, impedance)) == item_code(_spec(impedance, raman)) != one
    predicted = item_code(_spec(Part(technique="impedance", predict="card.toml")))
    assert predicted != item_code(_spec(impedance))
    both = {name: drawing_code(name) for name in ("impedance", "predicted_response", "prediction")}
    assert predicted == code_hash.digest(both)


def test_code_of_a_technique_that_is_not_there_is_that_of_all() -> None:
    assert len(drawing_code("no such technique")) == 64
    assert code_stamp(["no such technique"]) == code_stamp([])
    assert code_stamp(["raman"]) == code_stamp([]), "halfcell's own techniques are in its packages"


def test_report_and_whole_source_have_hashes_of_their_own() -> None:
    found = {report_code(), source_code(), drawing_code("raman")}
    assert {len(one) for one in found} == {64}
    assert len(found) == 3


def _package(folder: Path) -> Path:
    for path, text in {
        "core/a.py": "a", "core/b.css": "b", "core/__pycache__/a.pyc": "x", "core/c.txt": "c",
        "report/r.py": "r", "study/s.py": "s", "render/js/d.js": "d", "cli/z.py": "z",
    }.items():  # fmt: skip
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    for name in ("maths", "materials", "literature", "techniques", "study/items"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package in the place of halfcell's own."""
    folder = _package(tmp_path / "halfcell")
    monkeypatch.setattr(code_hash, "_PACKAGE", folder)
    monkeypatch.setattr(code_hash, "plugins", lambda _: {})
    _clear()
    yield folder
    _clear()


def _clear() -> None:
    for cached in (drawing_code, code_hash._shared_code, report_code, source_code):
        cached.cache_clear()


def _all() -> dict[str, str]:
    _clear()
    return {
        "drawing": drawing_code("x"), "report": report_code(), "source": source_code(), "stamp": code_stamp(["x"]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("core/a.py", {"drawing", "report", "source", "stamp"}),
        ("core/b.css", {"drawing", "report", "source", "stamp"}),
        ("render/js/d.js", {"drawing", "report", "source", "stamp"}),
        ("report/r.py", {"report", "source", "stamp"}),
        ("study/s.py", {"report", "source", "stamp"}),
        ("study/items/new.py", {"drawing", "report", "source", "stamp"}),
        ("techniques/new/words.toml", {"drawing", "source", "stamp"}),
        ("cli/z.py", {"source"}),
        ("core/c.txt", set()),
        ("core/__pycache__/a.pyc", set()),
        ("core/__pycache__/a.py", set()),
    ],
)
def test_what_an_edit_of_a_file_makes_again(small: Path, path: str, seen: set[str]) -> None:
    before = _all()
    (small / path).parent.mkdir(exist_ok=True)
    (small / path).write_text("something longer")
    after = _all()
    assert {name for name in before if before[name] != after[name]} == seen


def test_a_file_of_another_name_or_a_cut_at_another_place_is_other_code(small: Path) -> None:
    before = _all()
    (small / "core/a.py").rename(small / "core/e.py")
    renamed = _all()
    (small / "core/e.py").write_text("ab")
    (small / "core/b.css").write_text("")
    moved = _all()
    assert len({one["drawing"] for one in (before, renamed, moved)}) == 3


def test_another_folder_of_the_same_code_is_the_same_code(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _all()
    monkeypatch.setattr(code_hash, "_PACKAGE", _package(tmp_path / "elsewhere"))
    after = _all()
    assert {name for name in before if before[name] == after[name]} == {"drawing", "report", "source"}
    assert plugins("readers")
