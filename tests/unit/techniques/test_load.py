"""Techniques by name, with the version of all that their numbers change with."""

from __future__ import annotations

import pytest

from halfcell.core.errors import InputError
from halfcell.techniques.load import all_techniques, load_technique, recipe_version, usable_technique


def test_an_alias_is_the_technique() -> None:
    assert load_technique("xrd").name == "diffraction"


def test_a_misspelt_name_is_an_error_that_offers_the_nearest() -> None:
    with pytest.raises(InputError, match="impedanse") as error:
        load_technique("impedanse")
    assert "impedance" in str(error.value)


def test_every_technique_loads_under_its_own_name() -> None:
    names = [technique.name for technique in all_techniques()]
    assert len(names) == len(set(names)) > 15
    assert all(usable_technique(name) is not None for name in names)


def test_a_recipe_names_the_versions_that_it_builds_on() -> None:
    for technique in all_techniques():
        version = recipe_version(technique)
        assert version.startswith(technique.version)
        assert all(f"{name} " in version for name in technique.builds_on)
