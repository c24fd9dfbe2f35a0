"""Contacts of a pellet: subtracted where a blank is known, within the error where they matter little, else a bound."""

from __future__ import annotations

import math

import pytest

from halfcell.core.errors import Refused
from halfcell.techniques.common.contacts import Contacts, without_contacts
from halfcell.techniques.common.pellet import Pellet

PELLET = Pellet(thickness_um=500.0, diameter_mm=10.0)


def test_four_wires_have_no_contacts() -> None:
    found = without_contacts(10.0, 0.1, Contacts(wires=4, known_ohm=3.0), PELLET, "f")
    assert (found.value, found.std, found.bound) == (10.0, 0.1, "value")


def test_a_blank_is_subtracted_and_its_error_is_added() -> None:
    found = without_contacts(10.0, 0.3, Contacts(known_ohm=2.0, known_std_ohm=0.4), PELLET, "f")
    assert found.value == pytest.approx(8.0)
    assert found.std == pytest.approx(0.5)


def test_a_blank_of_unknown_error_is_good_to_a_fifth() -> None:
    assert without_contacts(10.0, 0.0, Contacts(known_ohm=2.0), PELLET, "f").std == pytest.approx(0.4)


def test_a_pellet_that_is_no_more_than_its_contacts_is_refused() -> None:
    with pytest.raises(Refused, match="nothing is left"):
        without_contacts(2.1, 0.1, Contacts(known_ohm=2.0, known_std_ohm=0.1), PELLET, "f")


def test_unknown_contacts_that_matter_little_are_in_the_error() -> None:
    """Anywhere between 0 and 0.1 ohm: an rms of 0.1 / sqrt 3."""
    found = without_contacts(1000.0, 0.0, Contacts(), PELLET, "f")
    assert found.bound == "value"
    assert found.std == pytest.approx(0.1 / math.sqrt(3.0), rel=1e-3)


def test_unknown_contacts_that_may_be_all_of_it_make_a_bound() -> None:
    assert without_contacts(0.15, 0.0, Contacts(), PELLET, "f").bound != "value"
