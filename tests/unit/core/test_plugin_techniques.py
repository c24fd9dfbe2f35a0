"""Techniques of other packages: their record is checked, their words are merged and never replace those of halfcell."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreign_packages import forget, install
from halfcell.core.errors import InputError, PluginError, PluginWarning
from halfcell.core.plugins import plugins
from halfcell.core.vocabulary import quantity_word, technique_name, vocabulary, words_of
from halfcell.techniques.choose import reading
from halfcell.techniques.load import all_techniques, load_technique, usable_technique

TECHNIQUE = '''"""Weight of a sample on an invented balance."""
from dataclasses import dataclass
from halfcell.techniques import Technique

@dataclass(frozen=True, kw_only=True)
class Settings:
    """None."""

TECHNIQUE = Technique(
    name="balance", reads=("balance",), version="1", settings=Settings, analyse=print, figures={}, tables={"t": print},
    simulate=print, words=WORDS,
)
'''
WORDS = {
    "aliases": ["scales"],
    "quantity": {"weight": {"unit": "mg", "label": "Weight", "meaning": "Mean of the readings."}},
    "row": {},
    "note": {"wind": "The reading drifted."},
    "column": {
        "balance": {"weight_mg": {"unit": "mg", "label": "Weight", "meaning": "Reading."}},
        "cycling": {"voltage_volt": {"unit": "mV", "label": "No", "meaning": "No."}},
    },
    "reader_note": {"dust": "Dust on the balance."},
}


def _install(packages: Path, text: str = TECHNIQUE, words: object = WORDS, target: str = "balance") -> None:
    install(packages, "scales", {"techniques.balance": target}, {"balance.py": text.replace("WORDS", repr(words))})


def test_a_technique_in_one_file(packages: Path) -> None:
    _install(packages)
    assert load_technique("balance").version == "1"
    assert load_technique("scales").name == "balance"
    assert reading("balance") == ("balance",)
    assert quantity_word("balance", "weight")["meaning"] == "Mean of the readings."
    assert vocabulary()["note"]["balance"] == {"wind": "The reading drifted."}
    assert vocabulary()["note"]["balance: raw files"] == {"dust": "Dust on the balance."}
    assert vocabulary()["column"]["balance"]["weight_mg"]["unit"] == "mg"


def test_words_of_halfcell_stay(packages: Path) -> None:
    before = vocabulary()["column"]["cycling"]["voltage_volt"]
    _install(packages)
    forget()
    assert vocabulary()["column"]["cycling"]["voltage_volt"] == before


def test_the_entry_point_may_name_the_record(packages: Path) -> None:
    _install(packages, TECHNIQUE.replace("TECHNIQUE =", "OTHER ="), target="balance:OTHER")
    assert load_technique("balance").name == "balance"
    assert quantity_word("balance", "weight")["unit"] == "mg"


def test_a_folder_has_its_words_in_a_file(packages: Path) -> None:
    modules = {
        "balances/__init__.py": "",
        "balances/balance/__init__.py": TECHNIQUE.replace("WORDS", "{}"),
        "balances/balance/words.toml": '[quantity.weight]\nunit = "mg"\nlabel = "W"\nmeaning = "From the file."\n',
    }
    install(packages, "scales", {"techniques.balance": "balances.balance"}, modules)
    assert quantity_word("balance", "weight")["meaning"] == "From the file."
    (packages / "balances/balance/words.toml").write_text("[quantity")
    forget()
    with pytest.warns(PluginWarning, match="left out its words"):
        assert words_of(plugins("techniques")["balance"]) == {}


@pytest.mark.parametrize("alias", ["xrd", "cycling"])
def test_an_alias_of_halfcell_is_never_replaced(packages: Path, alias: str) -> None:
    before = technique_name(alias)
    _install(packages, words={"aliases": [alias, "scales"]})
    forget()
    with pytest.warns(PluginWarning, match=f"the technique 'balance' of scales 1.0: left out the alias '{alias}'"):
        assert technique_name(alias) == before
    assert technique_name("scales") == "balance"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"aliases": "xyz"}, "`aliases` must be a list"),
        ({"quantity": []}, "`quantity` must be a table"),
        ({"quantity": {"weight": "mg"}}, "`quantity.weight` must have"),
        ({"row": {"weight": {"unit": "mg", "label": "W"}}}, "`row.weight` must have"),
        ({"note": {"wind": 3}}, "`note.wind` must be a text"),
        ({"column": {"balance": 3}}, "`column.balance` must be a table"),
        ({"column": {"balance": {"x": {}}}}, "`column.balance.x` must have"),
        ("words", "they are not a table"),
    ],
)
def test_words_of_a_wrong_form_are_left_out(packages: Path, words: object, problem: str) -> None:
    _install(packages, words=words)
    with pytest.warns(PluginWarning) as warned:
        assert vocabulary()["quantity"]["balance"] == {}
    assert len(warned) == 1
    assert problem in str(warned[0].message)
    assert load_technique("balance").name == "balance", "the technique itself works"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "has no record of the class Technique named TECHNIQUE in balance"),
        ("TECHNIQUE = 3", "has no record of the class Technique"),
        (TECHNIQUE.replace('name="balance"', 'name="scale"'), "is a record named 'scale'"),
        (TECHNIQUE.replace('version="1"', 'version=""'), "`version` must be a text that is not empty"),
        (TECHNIQUE.replace('version="1"', "speed=1"), "TypeError"),
    ],
)
def test_a_wrong_record_is_named_and_the_others_work(packages: Path, text: str, problem: str) -> None:
    _install(packages, text)
    with pytest.warns(PluginWarning) as warned:
        names = [technique.name for technique in all_techniques()]
    assert len(warned) == 1
    with pytest.raises(PluginError) as caught:
        load_technique("balance")
    assert str(caught.value) == str(warned[0].message)
    assert str(caught.value).startswith("the technique 'balance' of scales 1.0 ")
    assert problem in caught.value.what
    assert names == [name for name in plugins("techniques") if name != "balance"]
    assert usable_technique("balance") is None
    assert usable_technique("cycling") is not None
    assert "cycling" in reading("cycling")


def test_an_unknown_technique_is_an_error_with_a_hint() -> None:
    with pytest.raises(InputError, match="unknown technique 'afm'") as caught:
        load_technique("afm")
    assert caught.value.hint.startswith("known: ")
