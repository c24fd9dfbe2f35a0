"""Hardness and modulus of a contact, against Oliver and Pharr's formulas."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from halfcell.techniques.indentation import Settings
from halfcell.techniques.indentation.contact import Contact, properties, relative_errors
from halfcell.techniques.indentation.corrected_record import Record
from halfcell.techniques.indentation.tip import Tip

SETTINGS = Settings()
TIP = Tip(area=(24.5,), poisson=0.17)  # fused silica
# h_max = 500 nm, P = 9 mN, S = 0.12 mN/nm
FOUND = Contact(load=9e-3, depth=500e-9, compliance=1 / 1.2e5, seconds_per_newton=1000.0)
DEPTH = 500e-9 - 0.75 * 9e-3 / 1.2e5
AREA = 24.5 * DEPTH**2


def test_hardness_is_load_over_the_area_at_the_contact_depth() -> None:
    """W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564: h_c = h - 0.75 P/S."""
    assert properties(FOUND, TIP, SETTINGS)[0] == pytest.approx(9e-3 / AREA * 1e-9)


def test_the_modulus_is_that_of_the_sample_behind_a_tip_of_diamond() -> None:
    reduced = math.sqrt(math.pi) / 2 * 1.2e5 / math.sqrt(AREA)
    expected = (1 - 0.17**2) / (1 / reduced - (1 - 0.07**2) / 1141e9) * 1e-9
    assert properties(FOUND, TIP, SETTINGS)[1] == pytest.approx(expected)


def test_a_contact_of_no_depth_has_no_properties() -> None:
    assert np.isnan(properties(dataclasses.replace(FOUND, depth=1e-9), TIP, SETTINGS)).all()


def test_two_per_cent_of_the_area_are_two_of_the_hardness_and_one_of_the_modulus() -> None:
    nothing = np.zeros(0)
    record = Record(time=nothing, depth=nothing, load=nothing)
    settings = dataclasses.replace(SETTINGS, frame_doubt_nm_per_mn=0.0, tip_area_doubt_percent=2.0)
    errors = relative_errors(FOUND, TIP, record, settings)
    assert errors.own == pytest.approx((0.0, 0.0), abs=1e-12)
    assert errors.common == pytest.approx((0.02, 0.01), rel=0.15)
