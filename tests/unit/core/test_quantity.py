"""Quantity prints as a scientist would."""

from __future__ import annotations

import math
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.core.quantity import Quantity


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(12.23, "nm", 0.21), "12.2(2) nm"),
        (Quantity(1.23456, "angstrom", 0.00151), "1.2346(15) angstrom"),
        (Quantity(1234.5, "mAh/g", 15.2), "1235(15) mAh/g"),
        (Quantity(12345, "m", 120), "12340(120) m"),
        (Quantity(3.07e-9, "S/cm", 1.2e-10), "3.07(12)e-09 S/cm"),
        (Quantity(92.45, "%", decimals=1), "92.5 %"),
        (Quantity(-0.04, "V", decimals=1), "0.0 V"),
        (Quantity(0.1 + 0.2), "0.3"),
        (Quantity(float("nan"), "nm"), "n/a nm"),
        (Quantity(5.0, "", 0.096), "5.00(10)"),
        (Quantity(2.0, "", 1.96), "2(2)"),
        (Quantity(1e-9, "", 1e-7), "0(10)e-08"),
        (Quantity(1e-9, "", 5e-9), "1(5)e-09"),
        (Quantity(100.00000000000004, "ohm", 3e-14), "100 ohm"),
        (Quantity(8.000000000000012e-07, "F", 3e-22), "8e-07 F"),
        (Quantity(-1.26e303, "%", 5.7e304), "0(6)e+304 %"),
        (Quantity(3.2e9, "ohm", 1e8), "3.20(10)e+09 ohm"),
        (Quantity(12.34, "V", 1.2), "12.3(1.2) V"),
        (Quantity(5.0, "", 1.0), "5.0(1.0)"),
        (Quantity(5.0, "", 0.996), "5.0(1.0)"),
        (Quantity(12.34, "", 3.0), "12(3)"),
        (Quantity(1234567, "", 1.5e6), "1200000(1500000)"),
        (Quantity(12345678, "", 2e6), "12000000(2000000)"),
        (Quantity(12345678, "", 2e7), "1(2)e+07"),
        (Quantity(0.5, "", 3e-7), "0.5000000(3)"),
        (Quantity(1e-3, "", 3e-7), "0.0010000(3)"),
        (Quantity(5e-4, "", 3e-6), "0.000500(3)"),
        (Quantity(5e-4, "", 3e-7), "5.000(3)e-04"),
    ],
)
def test_a_quantity_prints_its_uncertainty_in_its_last_digits(quantity: Quantity, text: str) -> None:
    assert str(quantity) == text


@given(value=st.floats(-1e6, 1e6), std=st.floats(1e-5, 1e4))
def test_printed_value_is_within_half_a_last_digit(value: float, std: float) -> None:
    text = Quantity(value, "", std).number
    match = re.fullmatch(r"(-?[\d.]+)\(([\d.]+)\)(?:e([+-]\d+))?", text)
    assert match, text
    scale = 10.0 ** int(match[3] or 0)
    assert abs(float(match[1]) * scale - value) <= 0.5 * std * 1.2 + 1e-9


@given(value=st.floats(-1e-4, 1e-4), std=st.floats(1e-13, 1e-2))
def test_printed_uncertainty_is_the_given_one(value: float, std: float) -> None:
    match = re.fullmatch(r"(-?[\d.]+)\(([\d.]+)\)(?:e([+-]\d+))?", Quantity(value, "", std).number)
    if match is None:
        assert std < 1e-12 * abs(value)
        return
    digits = float(match[2]) if "." in match[2] else int(match[2]) / 10 ** len(match[1].partition(".")[2])
    assert digits * 10.0 ** int(match[3] or 0) == pytest.approx(std, rel=0.26)


def test_json_and_pickle() -> None:
    quantity = Quantity(1.5, "nm", 0.1, "fit covariance")
    assert pickle.loads(pickle.dumps(quantity)) == quantity
    assert quantity.as_json() == {"value": 1.5, "unit": "nm", "std": 0.1, "kind": "fit covariance"}
    assert Quantity(math.nan).as_json()["value"] is None
