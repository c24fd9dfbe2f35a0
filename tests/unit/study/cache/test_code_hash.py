"""What is drawn again after an edit of the program: packages count whole, other techniques do not."""

from __future__ import annotations

from pathlib import Path

import pytest

import halfcell
from halfcell.core.plugins import plugins
from halfcell.study.cache import code_hash

PACKAGE = Path(halfcell.__file__).parent
DRAWS = ("core", "maths", "materials", "literature", "render", "study/items", "techniques/common")
DOES_NOT_DRAW = ("cli", "report", "example", "audit", "readers", "study/execute", "study/plan", "study/files")


def files_of(technique: str, monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """The files whose content goes into a technique's drawing code."""
    seen: list[str] = []
    monkeypatch.setattr(code_hash, "_content_hash", lambda paths: seen.extend(paths) or "")
    code_hash.drawing_code.cache_clear()
    code_hash._shared_code.cache_clear()
    code_hash.drawing_code(technique)
    code_hash.drawing_code.cache_clear()
    code_hash._shared_code.cache_clear()
    return set(map(Path, seen))


@pytest.mark.parametrize("package", DRAWS)
def test_every_file_of_a_package_that_draws_counts(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [PACKAGE / "literature" / "techniques"]
    wanted = {p for p in (PACKAGE / package).rglob("*.py") if not any(p.is_relative_to(other) for other in others)}
    assert wanted <= files_of("raman", monkeypatch)


@pytest.mark.parametrize("package", DOES_NOT_DRAW)
def test_a_package_that_does_not_draw_does_not_count(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [p for p in files_of("raman", monkeypatch) if p.is_relative_to(PACKAGE / package)]


def test_its_own_folder_counts_and_that_of_another_technique_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    found = files_of("raman", monkeypatch)
    assert PACKAGE / "techniques" / "raman" / "figures.py" in found
    assert PACKAGE / "techniques" / "raman" / "words.toml" in found
    others = [name for name in plugins("techniques") if name != "raman"]
    assert not [p for name in others for p in found if p.is_relative_to(PACKAGE / "techniques" / name)]


def test_the_folder_of_a_technique_that_it_imports_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PACKAGE / "techniques" / "cycling" / "cycles.py" in files_of("comparison", monkeypatch)
