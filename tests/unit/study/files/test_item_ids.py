"""Ids of figures and tables: files of their own on every system."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core.file_names import file_stem, same_file, why_no_file_name
from halfcell.report.document_view import anchors_of
from halfcell.study.files.grammar import read_study_file


def problems_of(ids: list[str], folder: Path, kind: str = "figure") -> list[str]:
    """The mistakes of a study file with items of these ids."""
    path = folder / "study.toml"
    entries = [f'[[{kind}]]\nid = "{one}"\ntechnique = "cycling"\n' for one in ids]
    path.write_text("\n".join(entries), encoding="utf-8")
    return [str(problem) for problem in read_study_file(path)[2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S1 a", "S1_a"),
        ("S1", "s1"),
        ("S1/a", "S1:a"),
        ("S1.", "S1"),
        ("STRASSE", "straße"),
    ],
)
def test_ids_whose_files_would_overwrite_each_other_are_told(one: str, other: str, tmp_path: Path) -> None:
    problems = problems_of([one, "S9", other], tmp_path)
    assert len(problems) == 1
    assert problems[0].startswith("study.toml:10: the files of figure ")
    assert "would overwrite those of figure" in problems[0]


def test_an_id_in_decomposed_letters_is_the_same_id(tmp_path: Path) -> None:
    """The study file is read in composed letters, so that the two are one id, and told as such."""
    (problem,) = problems_of(["Grösse", "S9", "Gro\u0308sse"], tmp_path)
    assert problem.startswith("study.toml:10: two figures have the id 'Grösse'")


@pytest.mark.parametrize(("one", "other"), [("S1-a", "S1_a"), ("S1.1", "S1-1"), ("S1", "S1'"), ("S1", "S11")])
def test_other_ids_may_be_alike(one: str, other: str, tmp_path: Path) -> None:
    clash = [] if same_file(one) != same_file(other) else ["told"]
    assert len(problems_of([one, other], tmp_path)) == len(clash)


@pytest.mark.parametrize("id_", ["NUL", "con", "COM1", "aux.2", "LPT9", "x" * 101, "ö" * 51])
def test_names_that_no_file_can_have_are_told(id_: str, tmp_path: Path) -> None:
    assert why_no_file_name(id_)
    problems = problems_of([id_], tmp_path, "table")
    assert len(problems) == 1
    assert problems[0].startswith(f"study.toml:2: the id {id_!r}: ")


def test_usual_ids_are_file_names(tmp_path: Path) -> None:
    for id_ in ("S1", "S12b", "S3.1", "Extended Data 4", "图1"):
        assert problems_of([id_], tmp_path) == []
    assert file_stem("S1 a") == "S1_a"


def test_a_data_file_named_like_a_map_is_told(tmp_path: Path) -> None:
    assert "has a name that maps of figure 'S1' have" in problems_of(["S1", "S1-a-map"], tmp_path)[0]


def test_every_item_has_an_address_of_its_own() -> None:
    assert anchors_of(["Fig. S1.1", "Fig. S1-1", "Table S1", "图", "表"]) == [
        "fig-s1-1", "fig-s1-1-2", "table-s1", "item", "item-2",
    ]  # fmt: skip
