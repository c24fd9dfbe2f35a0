"""Durations, dates and clock times as instruments write them, in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from polars import Series

    Array = NDArray[np.float64]

_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y/%m/%d %H:%M:%S%.f",
    "%m/%d/%Y %H:%M:%S%.f",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %H:%M:%S%.f",
    "%d/%m/%Y %I:%M:%S %p",
    "%d.%m.%Y %H:%M:%S%.f",
    "%d-%b-%y %I:%M:%S %p",
    "%d-%b-%y %H:%M:%S",
    "%d-%b-%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%Y-%m-%d %H:%M",
)
_DAY_FIRST = tuple(f for f in _FORMATS if f.startswith("%d/")) + tuple(f for f in _FORMATS if not f.startswith("%d/"))
_DURATION = r"^\s*(?:(\d+)\s*[dD\-]\s*)?(\d+):(\d+):(\d+(?:[.,]\d*)?)\s*$"


def durations(texts: Series) -> Array:
    """Durations such as ``0d 00:01:00.5`` or ``144:01:18`` in seconds; NaN for anything else."""
    import polars as pl

    parts = texts.str.extract_groups(_DURATION).struct.unnest()
    days, hours, minutes = (parts[name].cast(pl.Float64, strict=False) for name in ("1", "2", "3"))
    seconds = parts["4"].str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    total: Array = (days.fill_null(0.0) * 86400.0 + hours * 3600.0 + minutes * 60.0 + seconds).to_numpy()
    return total


def dates(texts: Series, day_first: bool = False) -> Array | None:
    """Dates and times in seconds since 1970, read as UTC.

    The first format that fits every entry is used; if day and month cannot be told apart, `day_first` decides. None if
    no format fits.
    """
    import polars as pl

    texts = texts.str.strip_chars()
    found = _parsed(texts, day_first)
    if found is None:  # Maccor writes midnight as the date alone
        midnight = texts.str.contains(":", literal=True).not_() & texts.str.contains(r"\d[-/.]\d")
        texts = pl.select(pl.when(midnight).then(texts + " 00:00:00").otherwise(texts)).to_series()
        found = _parsed(texts, day_first)
    return found


def _parsed(texts: Series, day_first: bool) -> Array | None:
    import polars as pl

    empty = int((texts.fill_null("") == "").sum())
    first = texts.filter(texts.fill_null("") != "").head(1)
    for form in _DAY_FIRST if day_first else _FORMATS:
        if len(first) and first.str.to_datetime(form, strict=False, time_unit="us").null_count() == 0:
            parsed = texts.str.to_datetime(form, strict=False, time_unit="us")
            if parsed.null_count() == empty:
                seconds: Array = parsed.dt.epoch("us").cast(pl.Float64).to_numpy() / 1e6
                return seconds
    return None


def clock(values: Array) -> Array:
    """Numeric clock times in seconds since 1970, from seconds or milliseconds since 1970 or days since 1899-12-30.

    Raises
    ------
    InputError
        If they are something else.
    """
    finite = values[np.isfinite(values)]
    typical = float(np.median(finite)) if len(finite) else 0.0
    if 1e11 < typical < 1e14:
        return values / 1e3
    if 1e8 < typical < 1e11:
        return values
    if 2e4 < typical < 8e4:
        return (values - 25569.0) * 86400.0
    raise InputError(f"{typical:.6g} is not a clock time", hint="expected seconds since 1970 or days since 1899-12-30")
