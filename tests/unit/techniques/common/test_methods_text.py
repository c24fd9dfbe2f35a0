"""Phrases of methods texts: lists, ranges, and nothing where a file does not say."""

from __future__ import annotations

import dataclasses

import pytest

from halfcell.core.result import Result
from halfcell.techniques.common.methods_text import (
    fact,
    facts_range,
    instruments,
    listed,
    measured_with,
    number_range,
    setting,
    settings_range,
)


def _result(**facts: object) -> Result:
    return Result(technique="x", settings={"mass": facts.pop("mass", None)}, facts=facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "", "a", "b"], "a and b"),
    ],
)
def test_words_are_listed_once_each(words: list[str], text: str) -> None:
    assert listed(words) == text


@pytest.mark.parametrize(("values", "text"), [([], ""), ([1.2], "1.2 mg"), ([1.4, 1.2], "1.2 to 1.4 mg")])
def test_numbers_become_a_range(values: list[float], text: str) -> None:
    assert number_range(values, "mg") == text


def test_a_setting_that_one_result_lacks_has_no_range() -> None:
    assert settings_range([_result(mass=1.2), _result(mass=1.4)], "mass", "mg") == "1.2 to 1.4 mg"
    assert settings_range([_result(mass=1.2), _result()], "mass", "mg") == ""


def test_settings_and_facts_that_differ_are_none() -> None:
    assert setting([_result(mass=1.2), _result(mass=1.2)], "mass") == 1.2
    assert setting([_result(mass=1.2), _result(mass=1.3)], "mass") is None
    assert fact([_result(gas="Ar"), _result(gas="N2")], "gas") is None


def test_a_range_over_files_needs_every_file() -> None:
    one = _result(least_x=10.0, greatest_x=80.0)
    assert facts_range([one, _result(least_x=12.0, greatest_x=90.0)], "x", "°") == "10 to 90°"
    assert facts_range([one, _result()], "x", "°") == ""


def test_instruments_are_named_where_all_files_name_theirs() -> None:
    results = [_result(instrument="BioLogic"), _result(instrument="Neware")]
    assert measured_with(results, "Cells were cycled") == "Cells were cycled (instruments: BioLogic and Neware)."
    assert measured_with([_result()], "Cells were cycled") == "Cells were cycled."


def test_an_instrument_that_only_some_files_name_is_said_of_their_subjects() -> None:
    named = [
        dataclasses.replace(_result(instrument="BioLogic"), label="A1"),
        dataclasses.replace(_result(), label="A2"),
    ]
    assert instruments(named) == "BioLogic (A1)"
