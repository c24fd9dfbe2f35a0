"""Stretches of rows: what is found of all at once is what a loop finds of each."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.row_spans import (
    Spans,
    first_where,
    largest,
    last_where,
    median,
    order,
    smallest,
    steps,
    weighted_median,
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Spans, np.ndarray]:
    gaps = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=6))
    bounds = np.cumsum(np.array(gaps).ravel())
    size = int(bounds[-1]) + draw(st.integers(0, 3))
    values = draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size))
    return Spans(bounds[0::2], bounds[1::2]), np.array(values, float)


def _each(spans: Spans, column: np.ndarray) -> list[np.ndarray]:
    return [column[a:b] for a, b in zip(spans.start, spans.stop, strict=True)]


@given(tables())
def test_all_at_once_is_as_one_by_one(given_: tuple[Spans, np.ndarray]) -> None:
    spans, column = given_
    parts, laid = _each(spans, column), spans.lay(column)
    assert laid.tolist() == np.concatenate(parts).tolist()
    assert spans.size == len(laid)
    assert spans.sum(laid).tolist() == [p.sum() for p in parts]
    assert largest(spans, laid).tolist() == [p.max() for p in parts]
    assert smallest(spans, laid).tolist() == [p.min() for p in parts]
    assert median(spans, laid).tolist() == [np.median(p) for p in parts]
    assert steps(spans, laid, 7.0).tolist() == np.concatenate([[*np.diff(p), 7.0] for p in parts]).tolist()
    assert laid[order(spans, laid)].tolist() == np.concatenate([np.sort(p) for p in parts]).tolist()
    first = [np.flatnonzero(p > 0) for p in parts]
    begin = spans.begin.tolist()
    assert first_where(spans, laid > 0).tolist() == [
        b + f[0] if len(f) else spans.size for b, f in zip(begin, first, strict=True)
    ]
    assert last_where(spans, laid > 0).tolist() == [
        b + f[-1] if len(f) else -1 for b, f in zip(begin, first, strict=True)
    ]


@given(tables())
def test_weighted_median_is_reached_at_half_the_weight(given_: tuple[Spans, np.ndarray]) -> None:
    spans, column = given_
    laid = spans.lay(column)
    weights = np.abs(np.roll(laid, 1))
    for found, values, weight in zip(
        weighted_median(spans, laid, weights), _laid(spans, laid), _laid(spans, weights), strict=True
    ):
        assert weight[values <= found].sum() >= 0.5 * weight.sum() - 1e-9
        assert weight[values < found].sum() <= 0.5 * weight.sum() + 1e-9
        assert found in values


def _laid(spans: Spans, laid: np.ndarray) -> list[np.ndarray]:
    return [laid[b : e + 1] for b, e in zip(spans.begin, spans.last, strict=True)]
