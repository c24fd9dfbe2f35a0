"""Series of states: names, differences that do not overlap, a table of what appears and vanishes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.figure import Area, Line, Text
from halfcell.core.measurement import Measurement
from halfcell.core.result import Result
from halfcell.core.source import Source
from halfcell.techniques.common.state_differences import (
    AmountInState,
    Difference,
    change_notes,
    change_rows,
    change_table,
    difference_layers,
    state_name,
    words,
)

X = np.linspace(400.0, 600.0, 50)


def test_a_state_is_named_by_tag_sample_title_or_file() -> None:
    source = Source(path="raw/a_2.txt", sha256="0", reader="raman_text")
    bare = Measurement(technique="raman", columns={"x": X}, source=source)
    assert state_name(bare) == "a_2"
    titled = dataclasses.replace(bare, meta={"title": "pristine"})
    assert state_name(titled) == "pristine"
    tagged = dataclasses.replace(titled, meta={**titled.meta, "tags": {"state": "0.01_V"}})
    assert state_name(tagged) == "0.01 V"
    assert words("0.01 V", "SiO2") == "0.01 V − SiO_{2}"


@pytest.mark.parametrize("noise", [0.1, 5.0])
def test_bands_and_words_stay_apart(noise: float) -> None:
    shown = [Difference(x=X, value=np.sin(X / 20) * k, std=np.full(50, noise), words=f"{k}") for k in (1.0, 2.0)]
    layers, top = difference_layers(shown)
    low, high = (layer for layer in layers if isinstance(layer, Area))
    assert high.y_low is not None
    assert low.y.max() + low.raised < np.min(high.y_low + high.raised)
    assert [layer.text for layer in layers if isinstance(layer, Text)] == ["1.0", "2.0"]
    assert max(layer.y for layer in layers if isinstance(layer, Text)) < top
    curves = [layer for layer in layers if isinstance(layer, Line)]
    for curve, difference in zip(curves, shown, strict=True):  # the data are the data, wherever they are drawn
        assert np.array_equal(curve.y, difference.value)
        assert curve.name == difference.words


def test_no_difference_draws_nothing() -> None:
    layers, top = difference_layers([])
    assert layers == []
    assert np.isfinite(top)


def test_rows_notes_and_table_say_the_same() -> None:
    states = {
        "pristine": {"c-Si": AmountInState(percent=100.0, std=1.0, change="present")},
        "0.01 V": {"c-Si": AmountInState(percent=0.2, std=0.3, change="vanishes")},
    }
    results = [
        Result(
            technique="raman",
            label=name,
            rows=change_rows("band", name, changed),
            quantities={f"{n}.amount": one.quantity("fit covariance") for n, one in changed.items()},
        )
        for name, changed in states.items()
    ]
    assert [len(change_notes(changed)) for changed in states.values()] == [0, 1]
    table = change_table(results, "band")
    assert [[e.text for e in row if e] for row in table.rows] == [
        ["pristine", "100.0(1.0)", "present"],
        ["0.01 V", "0.2(3)", "vanishes"],
    ]
