"""Durations, dates and clock times as instruments write them, in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

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


def durations(texts: Any) -> NDArray[Any]:
    """Seconds of a polars Series of texts like ``0d 00:01:00.5`` or ``144:01:18``; not-a-number elsewhere."""
    import polars as pl

    parts = texts.str.extract_groups(_DURATION).struct.unnest()
    days, hours, minutes = (parts[name].cast(pl.Float64, strict=False) for name in ("1", "2", "3"))
    seconds = parts["4"].str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    total: NDArray[Any] = (days.fill_null(0.0) * 86400.0 + hours * 3600.0 + minutes * 60.0 + seconds).to_numpy()
    return total


def dates(texts: Any, day_first: bool = False) -> NDArray[Any] | None:
    """Seconds since 1970 of a column of dates and times (a polars Series of texts), the clock read as if it were UTC.

    The first form that fits every entry is taken; where month and day can be told apart by none, `day_first` decides.
    None if no form fits.
    """
    import polars as pl

    texts = texts.str.strip_chars()
    found = _parsed(texts, day_first)
    if found is None:  # Maccor writes midnight as the day alone
        midnight = texts.str.contains(":", literal=True).not_() & texts.str.contains(r"\d[-/.]\d")
        texts = pl.select(pl.when(midnight).then(texts + " 00:00:00").otherwise(texts)).to_series()
        found = _parsed(texts, day_first)
    return found


def _parsed(texts: Any, day_first: bool) -> NDArray[Any] | None:
    import polars as pl

    empty = int((texts.fill_null("") == "").sum())
    first = texts.filter(texts.fill_null("") != "").head(1)
    for form in _DAY_FIRST if day_first else _FORMATS:
        if len(first) and first.str.to_datetime(form, strict=False, time_unit="us").null_count() == 0:
            parsed = texts.str.to_datetime(form, strict=False, time_unit="us")
            if parsed.null_count() == empty:
                seconds: NDArray[Any] = parsed.dt.epoch("us").cast(pl.Float64).to_numpy() / 1e6
                return seconds
    return None


def clock(values: NDArray[Any]) -> NDArray[Any]:
    """Seconds since 1970 of clock times that are numbers: seconds or milliseconds since 1970, or days since 1899-12-30.

    Raises
    ------
    InputError
        If they are none of these.
    """
    finite = values[np.isfinite(values)]
    typical = float(np.median(finite)) if len(finite) else 0.0
    if 1e11 < typical < 1e14:
        return values / 1e3
    if 1e8 < typical < 1e11:
        return values
    if 2e4 < typical < 8e4:
        return (values - 25569.0) * 86400.0
    raise InputError(f"{typical:.6g} is no clock time", hint="seconds since 1970 or days since 1899-12-30 are expected")
