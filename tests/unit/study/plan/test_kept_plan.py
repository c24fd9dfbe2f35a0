"""Plans that are kept are those that planning would make, whatever has changed; a changed caption plans nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from halfcell.core.errors import StudyError
from halfcell.study.cache.stored_value import StoredValue, restored
from halfcell.study.plan import study_plan
from halfcell.study.plan.identified_plan import IdentifiedPlan
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import checked_plan

STUDY = """title = "Kept"

[raw]
impedance = "raw/{cell}_{cycle}.txt"

[settings.impedance]
circuit = "R-(RC)"

[[figure]]
id = "S1"
caption = "Spectra."
technique = "impedance"
show = "nyquist"

[[figure]]
id = "S2"
columns = 2
[[figure.panels]]
technique = "impedance"
show = "nyquist"
cells = ["A"]
set = { circuit = "R-(RQ)" }
[[figure.panels]]
technique = "impedance"
show = "bode"
title = "Bode"
cells = ["B"]

[[table]]
id = "S1"
show = "parameters"
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study of three raw files whose plan is kept."""
    (tmp_path / "raw").mkdir()
    for name in ("A_1", "A_10", "B_1"):
        (tmp_path / "raw" / f"{name}.txt").write_text(f"{name}\n", encoding="utf-8")
    (tmp_path / "cells.csv").write_text("cell,sample,area_cm2\nA,Si,1.0\nB,Si,1.1\n", encoding="utf-8")
    (tmp_path / "samples.csv").write_text("sample,label\nSi,Silicon\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    identify(checked_plan(tmp_path / "study.toml", keep=True))
    return tmp_path / "study.toml"


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return edit


CHANGES: dict[str, Callable[[Path], None]] = {
    "caption": _edit("study.toml", "Spectra.", "All spectra."),
    "title of a panel": _edit("study.toml", '"Bode"', '"Another"'),
    "look": _edit("study.toml", 'caption = "Spectra."', 'caption = "Spectra."\nletters = "A"'),
    "lines above": _edit("study.toml", "[raw]", "\n\n[raw]"),
    "setting of the study": _edit("study.toml", '"R-(RC)"', '"R-(RC)-W"'),
    "setting of a panel": _edit("study.toml", '"R-(RQ)"', '"R-(RQ)-W"'),
    "show": _edit("study.toml", 'show = "bode"', 'show = "nyquist"'),
    "cells of a panel": _edit("study.toml", 'cells = ["B"]', 'cells = ["A", "B"]'),
    "value of a cell": _edit("cells.csv", "1.1", "1.2"),
    "new cell": _edit("cells.csv", "B,Si,1.1", "B,Si,1.1\nC,Si,1.3"),
    "label": _edit("samples.csv", "Silicon", "Si powder"),
    "new file": lambda root: (root / "raw" / "B_10.txt").write_text("B_10\n", encoding="utf-8") and None,
    "file gone": lambda root: (root / "raw" / "A_10.txt").unlink(),
    "content of a file": _edit("raw/A_1.txt", "A_1", "A_1 again"),
    "pattern": _edit("study.toml", '"raw/{cell}_{cycle}.txt"', '"raw/{cell}_{state}.txt"'),
    "new item": lambda root: (
        (root / "study.toml").write_text(STUDY + '\n[[table]]\nid = "S2"\nshow = "parameters"\n', encoding="utf-8")
        and None
    ),
}


def _same(one: IdentifiedPlan, two: IdentifiedPlan) -> None:
    assert [item.key for item in one.items] == [item.key for item in two.items]
    assert [item.spec for item in one.items] == [item.spec for item in two.items]
    for first, second in zip(one.items, two.items, strict=True):
        for step, other in zip(first.steps, second.steps, strict=True):
            assert step.id == other.id
            assert restored(step.settings) == restored(other.settings)
            assert (step.layers, step.values) == (other.layers, other.values)


@pytest.mark.parametrize("change", CHANGES)
def test_a_kept_plan_is_that_which_planning_makes(study: Path, change: str) -> None:
    CHANGES[change](study.parent)
    _same(identify(checked_plan(study, keep=True)), identify(checked_plan(study)))
    _same(identify(checked_plan(study, keep=True)), identify(checked_plan(study)))


def test_a_changed_caption_plans_nothing(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    CHANGES["caption"](study.parent)
    monkeypatch.setattr(study_plan, "plan_item", None)
    plan = identify(checked_plan(study, keep=True))
    assert plan.items[0].spec.caption == "All spectra."
    assert all(isinstance(step.settings, StoredValue) for item in plan.items for step in item.steps)


def test_mistakes_are_found_beside_kept_plans(study: Path) -> None:
    CHANGES["caption"](study.parent)
    _edit("study.toml", 'show = "bode"', 'show = "bodo"')(study.parent)
    with pytest.raises(StudyError) as raised:
        checked_plan(study, keep=True)
    assert "bodo" in raised.value.problems[0].what


def test_another_record_in_its_place_is_no_plan(study: Path) -> None:
    place = study.parent / ".halfcell" / "shown" / "plan.shown"
    place.write_bytes(place.read_bytes()[:-10])
    _same(identify(checked_plan(study, keep=True)), identify(checked_plan(study)))
