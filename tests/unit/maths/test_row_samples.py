"""Batches of stretches of rows, and evenly spaced places in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.row_samples import batches, sampled
from halfcell.maths.row_spans import (
    Spans,
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Spans, np.ndarray]:
    gaps = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=6))
    bounds = np.cumsum(np.array(gaps).ravel())
    size = int(bounds[-1]) + draw(st.integers(0, 3))
    values = draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size))
    return Spans(bounds[0::2], bounds[1::2]), np.array(values, float)


@given(tables(), st.integers(1, 20))
def test_batches_hold_every_stretch_once(given_: tuple[Spans, np.ndarray], rows: int) -> None:
    spans, _ = given_
    parts = batches(spans.start, spans.stop, rows)
    assert [k for part in parts for k in range(len(spans))[part]] == list(range(len(spans)))
    for part in parts:
        assert part.stop - part.start == 1 or spans.length[part].sum() <= rows


@pytest.mark.parametrize(("count", "most"), [(1, 8), (8, 8), (15, 8), (16, 8), (100, 8)])
def test_samples_are_evenly_spaced_and_few(count: int, most: int) -> None:
    at, number = sampled(np.array([5, 1000]), np.array([count, count]), most)
    expected = np.arange(0, count, max(count // most, 1))
    assert at.tolist() == [*(5 + expected), *(1000 + expected)]
    assert number.tolist() == [len(expected)] * 2
    assert len(expected) < 2 * most
