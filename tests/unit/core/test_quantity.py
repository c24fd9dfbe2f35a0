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
    ],
)
def test_prints(quantity: Quantity, text: str) -> None:
    assert str(quantity) == text


@given(value=st.floats(-1e6, 1e6), std=st.floats(1e-5, 1e4))
def test_printed_value_is_within_half_a_last_digit(value: float, std: float) -> None:
    text = Quantity(value, "", std).number
    match = re.fullmatch(r"(-?[\d.]+)\(([\d.]+)\)(?:e([+-]\d+))?", text)
    assert match, text
    scale = 10.0 ** int(match[3] or 0)
    assert abs(float(match[1]) * scale - value) <= 0.5 * std * 1.2 + 1e-9


def test_json_and_pickle() -> None:
    quantity = Quantity(1.5, "nm", 0.1, "fit covariance")
    assert pickle.loads(pickle.dumps(quantity)) == quantity
    assert quantity.as_json() == {"value": 1.5, "unit": "nm", "std": 0.1, "kind": "fit covariance"}
    assert Quantity(math.nan).as_json()["value"] is None
