"""Amounts that the instrument's software reports are carried beside our own."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.edx.bulk import Share
from halfcell.techniques.edx.reported import reported_amounts, reported_notes, reported_quantities


def _spectrum(**vendor: object) -> Measurement:
    return Measurement(technique="edx", columns={"count": np.zeros(1)}, meta={"vendor": vendor})


def test_amounts_of_the_file_are_read_by_symbol_or_atomic_number() -> None:
    found = reported_amounts(_spectrum(**{"26": {"wt%": 70.0}, "Cr": {"wt%": 18.0, "counts": 5}}), ())
    assert found == {"Fe": {"wt%": 70.0}, "Cr": {"wt%": 18.0}}


def test_amounts_by_hand_come_before_those_of_the_file() -> None:
    found = reported_amounts(_spectrum(Fe={"wt%": 70.0}), ("Fe 71.5 wt%", "Cr = 17 at%"))
    assert found == {"Fe": {"wt%": 71.5}, "Cr": {"at%": 17.0}}


def test_an_amount_by_hand_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(InputError, match="Fe"):
        reported_amounts(_spectrum(), ("Fe lots",))


def test_reported_amounts_have_no_uncertainty() -> None:
    found = reported_quantities({"Fe": {"wt%": 70.0}})
    assert (found["Fe.reported_weight_percent"].value, found["Fe.reported_weight_percent"].std) == (70.0, None)


@pytest.mark.parametrize(("own", "doubted"), [(0.705, False), (0.65, True)])
def test_amounts_that_differ_by_three_uncertainties_are_doubted(own: float, doubted: bool) -> None:
    codes = [note.code for note in reported_notes({"Fe": {"wt%": 70.0}}, {"Fe": Share(value=own, std=0.01)})]
    assert ("vendor_disagrees" in codes) is doubted
