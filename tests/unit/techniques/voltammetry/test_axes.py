"""Units and captions that results of voltammetry share."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.techniques.voltammetry.axes import caption_of, current_unit, potential_unit


def _result(label: str, unit: str = "mA/g", reference: str = "V vs. Li", rate: float = 0.1) -> SimpleNamespace:
    scan_rate = {"scan_rate": Quantity(rate, "mV/s", decimals=1)}
    return SimpleNamespace(label=label, current_unit=unit, potential_unit=reference, __getitem__=None, **scan_rate)


def test_currents_per_gram_and_plain_ones_do_not_go_together() -> None:
    assert current_unit([_result("A"), _result("B")]) == "mA g^{-1}"  # type: ignore[list-item]
    with pytest.raises(Refused, match="no mass"):
        current_unit([_result("A"), _result("B", unit="mA")])  # type: ignore[list-item]


def test_potentials_against_two_references_are_plain_volts() -> None:
    assert potential_unit([_result("A"), _result("B")]) == "V vs. Li"  # type: ignore[list-item]
    assert potential_unit([_result("A"), _result("B", reference="V vs. Na")]) == "V"  # type: ignore[list-item]


def test_the_caption_names_samples_and_rates() -> None:
    class Shown(dict[str, Quantity]):
        label = "A"

    results = [Shown(scan_rate=Quantity(rate, "mV/s", decimals=1)) for rate in (1.0, 0.1)]
    assert caption_of(results) == "Cyclic voltammograms of A, A at 0.1, 1.0 mV s^{-1}."  # type: ignore[arg-type]
