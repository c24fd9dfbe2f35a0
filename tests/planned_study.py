"""Small studies for tests of the plan: tables, raw files that nobody opens, and items; nothing is analysed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from halfcell.study.files.study_files import StudyFiles, read_study_files
from halfcell.study.plan.planned_item import PlannedItem, PlannedSlot
from halfcell.study.plan.study_plan import Plan, plan_study

CELLS = "cell,sample,kind\nA1,P,half\nA2,P,half\nB1,Q,half\n"
SAMPLES = "sample,label\nP,Powder\nQ,\n"
RAW = ("raw/A1.txt", "raw/A2.txt", "raw/B1.txt")


def written(
    folder: Path,
    items: str,
    *,
    raw: str = 'impedance = "raw/{cell}.txt"',
    files: Mapping[str, str | None] | None = None,
) -> StudyFiles:
    """Write a study and read its files.

    `raw` is what [raw] says; `files` are written beside or instead of the usual ones, None leaves one out.
    """
    usual = {"cells.csv": CELLS, "samples.csv": SAMPLES, **{path: path for path in RAW}}
    for path, text in {**usual, **(files or {}), "study.toml": f"[raw]\n{raw}\n{items}"}.items():
        if text is None:
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return read_study_files(folder / "study.toml")


def planned(folder: Path, items: str, **given: object) -> Plan:
    """The plan of a study that is written so."""
    return plan_study(written(folder, items, **given))  # type: ignore[arg-type]


def the_item(plan: Plan) -> PlannedItem:
    """The only item of a plan without mistakes."""
    assert plan.problems == ()
    (item,) = plan.items
    return item


def slots(plan: Plan) -> list[PlannedSlot]:
    """The slots of the only item of a plan without mistakes."""
    return [slot for part in the_item(plan).parts for slot in part]


def told(plan: Plan) -> list[str]:
    """The mistakes of a plan, one line each."""
    return [str(problem) for problem in plan.problems]


def figure(*lines: str, id: str = "S1") -> str:  # noqa: A002 - the word of study.toml
    """A figure of study.toml."""
    return "\n".join(["[[figure]]", f'id = "{id}"', *lines, ""])


def table(*lines: str, id: str = "S1") -> str:  # noqa: A002 - the word of study.toml
    """A table of study.toml."""
    return "\n".join(["[[table]]", f'id = "{id}"', *lines, ""])
