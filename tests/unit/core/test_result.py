"""A result gives its quantities by key and as attributes, and says why one is missing."""

import copy
import pickle

import pytest

from halfcell.core.errors import MissingQuantity
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result

ICE = Quantity(92.6, "%")
RESULT = Result(
    technique="cycling",
    quantities={"initial_coulombic_efficiency": ICE, "Si.lattice_a": Quantity(5.431, "angstrom")},
    notes=(Note("refused", "no_mass", "no capacity per gram: the mass is not known"),),
)


def test_a_quantity_is_an_attribute_as_well_as_a_key() -> None:
    assert RESULT["initial_coulombic_efficiency"] is ICE
    assert RESULT.initial_coulombic_efficiency is ICE
    assert "initial_coulombic_efficiency" in dir(RESULT)
    assert "Si.lattice_a" not in dir(RESULT), "it is no name that can be typed"


def test_a_missing_quantity_gives_the_reason_of_its_refusal() -> None:
    with pytest.raises(MissingQuantity, match="the mass is not known"):
        RESULT["capacity"]
    with pytest.raises(MissingQuantity, match="the mass is not known"):
        _ = RESULT.capacity
    assert getattr(RESULT, "capacity", None) is None


def test_a_result_is_copied_and_pickled_whole() -> None:
    assert copy.copy(RESULT).initial_coulombic_efficiency is ICE
    assert pickle.loads(pickle.dumps(RESULT)).quantities == RESULT.quantities
