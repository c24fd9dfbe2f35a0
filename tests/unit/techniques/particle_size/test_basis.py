"""Number or volume: what is converted is noted from what the file says of itself, and compared with like."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.particle_size import Parameters, Settings, analyse, simulate

BY_VOLUME = simulate(Parameters(), np.random.default_rng(0))


def _by_number() -> Measurement:
    numbers = analyse(BY_VOLUME, Settings(basis="number")).share
    columns = {**BY_VOLUME.columns, "share_percent": numbers}
    return replace(BY_VOLUME, columns=columns, meta={**BY_VOLUME.meta, "basis": "number"})


@pytest.mark.parametrize(
    ("measured", "wanted", "said"),
    [
        (BY_VOLUME, "volume", ""),
        (BY_VOLUME, "number", "by number was converted from one by volume"),
        (_by_number(), "number", ""),
        (_by_number(), "volume", "by volume was converted from one by number"),
    ],
    ids=["volume", "volume to number", "number", "number to volume"],
)
def test_only_a_conversion_is_a_doubt(measured: Measurement, wanted: str, said: str) -> None:
    notes = {note.code: note for note in analyse(measured, Settings(basis=wanted)).notes}
    assert ("converted_basis" in notes) is bool(said)
    assert not said or (said in notes["converted_basis"].text and notes["converted_basis"].level == "doubt")


def test_the_conversion_there_and_back_gives_the_sizes_again() -> None:
    there_and_back, plain = analyse(_by_number(), Settings()), analyse(BY_VOLUME, Settings())
    for name in ("d10", "d50", "d90"):
        assert there_and_back[name].value == pytest.approx(plain[name].value, rel=1e-3)


def test_percentiles_of_the_instrument_are_compared_on_its_own_basis_only() -> None:
    wrong = {"d10": 1.0, "d50": 2.0, "d90": 3.0}
    for measured, codes in ((BY_VOLUME, {"vendor_disagrees"}), (_by_number(), {"converted_basis"})):
        result = analyse(replace(measured, meta={**measured.meta, "vendor": wrong}), Settings())
        assert {note.code for note in result.notes} - {"optics", "single_record"} == codes
