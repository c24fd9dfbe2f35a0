"""Series of dates in eleven forms: the steps between the records are right, or nothing is read."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from halfcell.readers.common import times

FORMS = (
    "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M:%S %p",
    "%m/%d/%y %H:%M:%S",
    "%d.%m.%y %H:%M:%S",
    "%y/%m/%d %H:%M:%S",
    "%d-%b-%y %H:%M:%S",
    "%d-%m-%Y %H:%M:%S",
)
ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 - instruments state no time zone


def _test_times(rng: np.random.Generator) -> np.ndarray:
    """Records of a test of ten minutes to ninety days, some with a pause of days."""
    elapsed = np.sort(rng.uniform(0, np.exp(rng.uniform(np.log(600), np.log(90 * 86400))), rng.integers(20, 200)))
    elapsed = elapsed.round() - elapsed.round()[0]
    if rng.random() < 0.3:
        elapsed[len(elapsed) // 2 :] += round(float(rng.uniform(1, 20)) * 86400)
    return elapsed


@pytest.mark.parametrize("form", FORMS)
def test_steps_between_dates_are_right(form: str) -> None:
    rng = np.random.default_rng(FORMS.index(form))
    for _ in range(40):
        elapsed = _test_times(rng)
        start = ZERO + timedelta(days=int(rng.integers(16000, 20000)), seconds=int(rng.integers(0, 86400)))
        texts = pl.Series([(start + timedelta(seconds=float(one))).strftime(form) for one in elapsed])
        lasted = float(elapsed[-1]) if rng.random() < 0.5 else 0.0
        found, told = times.dates_told(texts, day_first=bool(rng.integers(0, 2)), lasted=lasted)
        assert found is not None
        np.testing.assert_allclose(found - found[0], elapsed, atol=1e-3, err_msg=texts[0])
        assert told or abs(found[0] - (start - ZERO).total_seconds()) < 1e-3, "an open order is told"
