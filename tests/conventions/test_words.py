"""Convention 9: what is not documented fails the build (techniques, readers, notes, settings, verbs)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from halfcell.core.plugins import load, plugins
from halfcell.core.setting_rows import setting_rows
from halfcell.core.vocabulary import vocabulary, words_of
from halfcell.techniques.load import load_technique

SOURCE = Path(__file__).resolve().parents[2] / "src" / "halfcell"
KINDS = ("readers", "techniques", "verbs", "rules", "extractors")


def test_every_plugin_has_a_help_line() -> None:
    summaries = {(kind, name): plugins(kind)[name].summary for kind in KINDS for name in plugins(kind)}
    assert [(which, text) for which, text in summaries.items() if not text.endswith((".", ")", ":"))] == []
    assert [(which, text) for which, text in summaries.items() if len(text) > 140] == []


@pytest.mark.parametrize("name", plugins("readers"))
def test_reader_keeps_the_contract(name: str) -> None:
    reader = load("readers", name)
    assert isinstance(reader.VERSION, str)
    assert reader.VERSION
    assert isinstance(reader.SUFFIXES, tuple)
    assert all(s == s.lower() and s.startswith(".") for s in reader.SUFFIXES)
    assert callable(reader.recognises)
    assert callable(reader.parse)


@pytest.mark.parametrize("name", plugins("techniques"))
def test_technique_is_a_record_of_its_own_name(name: str) -> None:
    technique = load_technique(name)
    assert technique.name == name
    technique.settings()  # every setting has a default
    assert technique.figures
    assert technique.tables


@pytest.mark.parametrize("name", plugins("techniques"))
def test_every_setting_is_documented(name: str) -> None:
    """Each setting has a meaning, in the docstring of its class or of the one that it is inherited from."""
    assert [row.name for row in setting_rows(load_technique(name).settings) if not row.meaning] == []


def _note_codes() -> set[str]:
    """The literal codes in all `Note(level, code, text)` calls of the source."""
    codes = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Note", "result.Note"}:
                given = node.args[1:2] + [k.value for k in node.keywords if k.arg == "code"]
                codes |= {a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return codes


def test_every_note_is_documented() -> None:
    known = {code for section in vocabulary()["note"].values() for code in section}
    assert _note_codes() - known == set()


@pytest.mark.parametrize("part", ["column", "quantity"])
def test_words_have_unit_label_meaning(part: str) -> None:
    for section, words in vocabulary().get(part, {}).items():
        for name, word in words.items():
            assert {"unit", "label", "meaning"} <= set(word), f"{part}.{section}.{name}"


def test_aliases_lead_to_techniques() -> None:
    assert set(vocabulary()["alias"]).isdisjoint(plugins("techniques"))
    assert {load_technique(alias).name for alias in vocabulary()["alias"]} <= set(plugins("techniques"))


@pytest.mark.parametrize("name", plugins("techniques"))
def test_every_technique_has_words(name: str) -> None:
    words = words_of(plugins("techniques")[name])
    assert words["quantity"]
    assert words["note"]
