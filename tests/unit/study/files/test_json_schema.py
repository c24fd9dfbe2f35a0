"""The schema of study.toml: it knows every key, refuses misspelt ones, and is never stricter than the grammar."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from halfcell.core.plugins import plugins
from halfcell.study.draft.draft_study import draft_study
from halfcell.study.files.grammar import GRAMMAR
from halfcell.study.files.json_schema import ANNOUNCEMENT, FILE, study_schema, write_schema
from halfcell.techniques.load import load_technique

FORMS = """
title = 3
[raw]
xrd = ["raw/{sample}.xy", "raw/b/{sample}.xy"]
eis = { pattern = "raw/{cell}.csv", columns = { "f" = "frequency_hertz" }, reader = "" }
[settings.cycling]
active_mass_mg = 2
[style]
journal = "acs"
axes = { x = { limits = [0, "auto"] } }
[[author]]
name = "A"
affiliation = "one"
[[figure]]
id = 7
technique = "xrd"
samples = "Si"
colours = "viridis"
select = { cycle = "10" }
[[figure]]
id = "S2"
image = "photo.jpg"
[[figure]]
id = "S3"
panels = [{ technique = "gcpl", cells = ["C1"], title = "a" }, { technique = "xrd" }]
[[table]]
id = "S1"
file = "own.csv"
"""


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema of study.toml."""
    return study_schema()


def mistakes(schema: dict[str, Any], text: str) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema", reason="the referee jsonschema is not installed")
    jsonschema.Draft7Validator.check_schema(schema)
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(tomllib.loads(text))]


def test_every_key_of_the_grammar_is_known(schema: dict[str, Any]) -> None:
    keys = schema["properties"]
    assert keys.keys() == {field.name for field in dataclasses.fields(GRAMMAR.top)}
    figure = keys["figure"]["items"]["properties"]
    assert GRAMMAR.figure_looks | GRAMMAR.own | {"id", "show", "cells", "panels"} <= figure.keys()
    assert set(plugins("techniques")) <= keys["settings"]["properties"].keys()


def test_every_setting_has_its_meaning(schema: dict[str, Any]) -> None:
    for name in plugins("techniques"):
        known = schema["properties"]["settings"]["properties"][name]["properties"]
        assert known.keys() == {field.name for field in dataclasses.fields(load_technique(name).settings)}
        assert all(one["description"] for one in known.values())


def test_every_form_that_a_study_may_have_is_valid(schema: dict[str, Any]) -> None:
    assert mistakes(schema, FORMS) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('titel = "x"', "titel"),
        ('[[figure]]\nid = "S1"\nshwo = "sizes"', "shwo"),
        ('[settings.xrd]\nradiaton = "x"', "radiaton"),
        ('[raw]\nxdr = "raw/{sample}.xy"', "xdr"),
        ('[[table]]\ntechnique = "xrd"', "id"),
    ],
)
def test_mistakes_are_marked(schema: dict[str, Any], text: str, word: str) -> None:
    assert any(word in mistake for mistake in mistakes(schema, text))


def test_a_draft_announces_its_schema(tmp_path: Path) -> None:
    """As taplo and the TOML extension of VS Code want it: the first line names the file."""
    (tmp_path / "raw").mkdir()
    draft_study(tmp_path / "study", tmp_path / "raw")
    text = (tmp_path / "study" / "study.toml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == ANNOUNCEMENT == f"#:schema ./{FILE}"
    assert json.loads((tmp_path / "study" / FILE).read_text(encoding="utf-8"))["properties"]


def test_it_is_written_into_a_study(tmp_path: Path) -> None:
    assert write_schema(tmp_path) == tmp_path / FILE
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8")) == study_schema()
