"""Patterns of raw files: whose a file is, and the words of its name."""

from __future__ import annotations

import pytest

from halfcell.study.files.patterns import fixed_folder, match_files, natural_order, nothing_found, why_unmatched


def _subjects(pattern, files, names):
    return {found.path: found.subject.name for found in match_files(pattern, files, names)}


def test_a_name_ends_where_the_word_ends() -> None:
    files = ["raw/A1_01.mpr", "raw/A10_01.mpr", "raw/A100_01.mpr"]
    assert _subjects("raw/{cell}_*.mpr", files, ["A1", "A10"]) == {"raw/A1_01.mpr": "A1", "raw/A10_01.mpr": "A10"}
    assert _subjects("raw/{cell}*.mpr", files, ["A1"]) == {"raw/A1_01.mpr": "A1"}


def test_signs_of_a_name_are_any_signs() -> None:
    files = ["raw/Si_Sn-10.xy", "raw/si-sn 10.xy", "raw/SiSn10.xy"]
    found = _subjects("raw/{sample}.xy", files, ["Si", "Si/Sn-10"])
    assert found == {"raw/Si_Sn-10.xy": "Si/Sn-10", "raw/si-sn 10.xy": "Si/Sn-10"}


def test_words_are_kept_and_sorted_by_value() -> None:
    files = [f"raw/A1_{n}_rt.z" for n in (100, 10, 50)]
    found = match_files("raw/{cell}_{cycle}_*.z", files, ["A1"])
    assert [item.tags for item in found] == [{"cycle": "10"}, {"cycle": "50"}, {"cycle": "100"}]


def test_the_same_word_twice_is_the_same() -> None:
    files = ["raw/A1/A1.z", "raw/A1/A2.z"]
    assert _subjects("raw/{cell}/{cell}.z", files, ["A1", "A2"]) == {"raw/A1/A1.z": "A1"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("raw/xrd/{sample}.xy", "raw/xrd"), ("raw/**/{cell}.xy", "raw"), ("{cell}.xy", "."), ("../d/{cell}.z", "../d")],
)
def test_the_fixed_folder_of_a_pattern_ends_before_its_first_field(pattern, expected) -> None:
    assert fixed_folder(pattern) == expected


def test_folders_at_any_depth() -> None:
    files = ["raw/A1.z", "raw/x/A1.z", "raw/x/y/A1.z"]
    assert len(match_files("raw/**/{cell}.z", files, ["A1"])) == 3
    assert len(match_files("raw/*/{cell}.z", files, ["A1"])) == 1


def test_without_a_table_any_name_is_a_subject() -> None:
    assert _subjects("raw/{sample}.xy", ["raw/new.xy"], None) == {"raw/new.xy": "new"}


def test_reasons_and_hints() -> None:
    assert "did you mean 'A10'" in why_unmatched("raw/A1O.z", ["raw/{cell}.z"], {"cell": ["A10"]})
    assert why_unmatched("raw/x.doc", ["raw/{cell}.z"], {"cell": ["A10"]}) == "no pattern in [raw] matches"
    hint = nothing_found("raw/{cell}.z", ["raw/B1.z"], ["A1"], "study.toml:3").hint
    assert hint == "raw/B1.z would match, but there is no cell 'B1'; known: A1"


def test_numbers_in_names_are_ordered_as_numbers() -> None:
    assert sorted(["c10", "c9", "c1.5", "b"], key=natural_order) == ["b", "c1.5", "c9", "c10"]
