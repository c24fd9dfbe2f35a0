"""Spots of one sample, and their means."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.techniques.raman import RamanResult
from halfcell.techniques.raman.spots import are_spots, with_means


def _results(*positions: float) -> list[RamanResult]:
    quantities = ({"Si.position": Quantity(value, "1/cm", 0.1)} for value in positions)
    return [_result(one) for one in quantities]


def _result(quantities: dict[str, Quantity]) -> RamanResult:
    nothing = np.zeros(0)
    return RamanResult(
        technique="raman", quantities=quantities, shift_per_cm=nothing, intensity_count=nothing, baseline_count=nothing,
        names=(), components_count=nothing, areas=nothing, region="silicon",
    )  # fmt: skip


def test_means_and_standard_deviations_are_those_of_the_spots() -> None:
    mean = with_means(_results(519.0, 520.0, 521.0))[0].quantities["mean.Si.position"]
    assert (mean.value, mean.std) == (pytest.approx(520.0), pytest.approx(1.0))


def test_two_spots_have_no_mean() -> None:
    assert "mean.Si.position" not in with_means(_results(519.0, 520.0))[0].quantities


def test_a_spot_that_was_refused_does_not_count() -> None:
    results = [*_results(519.0, 520.0, 521.0), _result({})]
    assert with_means(results)[0].quantities["mean.Si.position"].value == pytest.approx(520.0)


@pytest.mark.parametrize(("tags", "spots"), [({"spot": "1"}, True), ({"state": "1"}, False)])
def test_files_named_with_a_spot_are_spots(tags: dict[str, str], spots: bool, tmp_path: Path) -> None:
    made = [Measurement(technique="raman", columns={"x": np.zeros(1)}, meta={"tags": tags}) for _ in range(2)]
    assert are_spots(made) is spots
