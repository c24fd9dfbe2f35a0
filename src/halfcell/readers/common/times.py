"""Durations, dates and clock times as instruments write them, in seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from polars import Series

    Array = NDArray[np.float64]

_CLEAR = (  # the order of day and month is told by the form
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%b %d %Y",
)
_UNCLEAR = (  # month first, day first, or the year first: told by the series
    ("%m/%d/%Y", "%d/%m/%Y"),
    ("%d.%m.%Y", "%m.%d.%Y"),
    ("%m-%d-%Y", "%d-%m-%Y"),
    ("%m/%d/%y", "%d/%m/%y", "%y/%m/%d"),
    ("%d.%m.%y", "%m.%d.%y", "%y.%m.%d"),
    ("%m-%d-%y", "%d-%m-%y", "%y-%m-%d"),
)
_CLOCKS = (" %H:%M:%S%.f", "T%H:%M:%S%.f", " %I:%M:%S%.f %p", " %H:%M", " %I:%M %p")
_DURATION = r"^\s*(?:(\d+)(?:\s*days?,?\s*|\s*[dD\-.]\s*|\s+))?(\d+):(\d+):(\d+(?:[.,]\d*)?)\s*$"
_TOLD = re.compile(r"\d{4}[-/.]|.*[A-Za-z]{3}")  # the year first, in full, or the month by its name
_DAY = 86400.0
_WORDS = {"%d": "day first", "%m": "month first", "%y": "year first"}
_EARLIEST = 31_536_000.0  # 1971: an earlier date is no clock time; a total time may be written as one
_LATEST = 4_102_444_800.0  # 2100


def iso_date(second: float) -> str:
    """Seconds since 1970 as a date and time; empty if that is no date of a measurement (before 1970, after 2100)."""
    if not 0 < second < _LATEST:  # false for NaN
        return ""
    return datetime.fromtimestamp(second, UTC).replace(tzinfo=None).isoformat()


def durations(texts: Series) -> Array:
    """Durations such as ``0d 00:01:00.5``, ``1.03:00:00`` or ``144:01:18`` in seconds; NaN for anything else.

    A duration may be written as a date: counted from 1970-01-01, or (before 1970) from the midnight of the first date;
    later dates are clock times, and their durations count from the first.
    """
    import polars as pl

    parts = texts.str.extract_groups(_DURATION).struct.unnest()
    days, hours, minutes = (parts[name].cast(pl.Float64, strict=False) for name in ("1", "2", "3"))
    seconds = parts["4"].str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    total: Array = (days.fill_null(0.0) * 86400.0 + hours * 3600.0 + minutes * 60.0 + seconds).to_numpy()
    other = np.isnan(total) & (texts.fill_null("").str.strip_chars() != "").to_numpy()
    if other.any():
        found = _parsed(texts.filter(pl.Series(other)).str.strip_chars(), False)[0]
        if found is not None:
            total = total.copy()
            total[other] = since_zero(found)
    return total


def since_zero(seconds: Array) -> Array:
    """Durations that were written as dates (seconds since 1970)."""
    first = float(seconds[np.isfinite(seconds)][0]) if np.isfinite(seconds).any() else 0.0
    if first >= _EARLIEST:
        return seconds - first
    return seconds - np.floor(first / _DAY) * _DAY if first < 0 else seconds


def dates(texts: Series, day_first: bool = False) -> Array | None:
    """Dates and times in seconds since 1970, read as UTC; None if no form fits every entry. See `dates_told`."""
    return dates_told(texts, day_first)[0]


def dates_told(texts: Series, day_first: bool = False, lasted: float = 0.0) -> tuple[Array | None, str]:
    """Dates and times in seconds since 1970, read as UTC, and what was decided where their form leaves it open.

    The order of day and month is decided for the whole series: of the orders that fit every entry, the one in which
    the records follow each other most closely (the smallest sum of the steps between the days), or closest to the time
    that the test `lasted` by another column (s); if that leaves it open, `day_first` decides.
    """
    import polars as pl

    texts = texts.str.strip_chars()
    found, told = _parsed(texts, day_first, lasted)
    if found is None:  # Maccor writes midnight as the date alone
        midnight = texts.str.contains(":", literal=True).not_() & texts.str.contains(r"\d[-/.]\d")
        halves = bool(texts.str.contains(r"(?i)[ap]m$").any())
        zero = " 12:00:00 AM" if halves else " 00:00:00"
        texts = pl.select(pl.when(midnight).then(texts + zero).otherwise(texts)).to_series()
        found, told = _parsed(texts, day_first, lasted)
    return found, told


def _parsed(texts: Series, day_first: bool, lasted: float = 0.0) -> tuple[Array | None, str]:
    import polars as pl

    filled = texts.filter(texts.fill_null("") != "")
    empty = len(texts) - len(filled)
    for form, told in _forms(filled, day_first, lasted):
        parsed = texts.str.to_datetime(form, strict=False, time_unit="us")
        if parsed.null_count() == empty:
            seconds: Array = parsed.dt.epoch("us").cast(pl.Float64).to_numpy() / 1e6
            return seconds, told
    return None, ""


def _forms(filled: Series, day_first: bool, lasted: float) -> Iterator[tuple[str, str]]:
    """The forms that fit the first entry and the days of all, with what was decided between several."""
    if not len(filled):
        return
    first = filled.head(1)
    clocks = [c for c in _CLOCKS if not _fails(first.str.extract(r"(\d[T ]+\S*:.*)$").str.slice(1), c)]
    if _TOLD.match(first[0]):
        yield from ((day + clock, "") for clock in clocks for day in _CLEAR if not _fails(first, day + clock))
        return
    days = filled.str.extract(r"^(\S+)[T ]") if clocks else filled.head(0)
    days = days.filter((days != days.shift()).fill_null(True))
    for clock in clocks:
        for choices in _UNCLEAR:
            chosen, told = _order(days, choices, day_first, lasted / _DAY)
            if chosen:
                yield chosen + clock, told


def _fails(texts: Series, form: str) -> bool:
    if "%Y" not in form and "%y" not in form:
        texts, form = "2000-01-01" + texts, "%Y-%m-%d" + form
    return texts.str.to_datetime(form, strict=False, time_unit="us").null_count() > 0


def _order(days: Series, choices: tuple[str, ...], day_first: bool, lasted: float) -> tuple[str, str]:
    """The order of day, month and year that fits a series of days best, and what was decided."""
    lengths = {}
    for form in sorted(choices, key=lambda form: day_first and not form.startswith("%d")):
        parsed = days.str.to_date(form, strict=False)
        numbers = parsed.to_physical().to_numpy()
        seconds = numbers * _DAY
        if not parsed.null_count() and ((seconds >= _EARLIEST) & (seconds < _LATEST)).all():
            lengths[form] = (float(np.abs(np.diff(numbers)).sum()), seconds[0])
    if not lengths:
        return "", ""
    usual = next(iter(lengths))
    chosen = min(lengths, key=lambda form: abs(lengths[form][0] - lasted))
    others = [form for form in lengths if lengths[form] != lengths[chosen]]
    if not others:
        return chosen, ""
    example = f"dates such as {days[0]} are read {_WORDS[chosen[:2]]}"
    if chosen != usual:
        apart = f"they would lie {lengths[usual][0]:.0f} days apart in all, not {lengths[chosen][0]:.0f}"
        return chosen, f"{example}: read {_WORDS[usual[:2]]} {apart}"
    if any(lengths[form][0] == lengths[chosen][0] for form in others):
        other = f"they could be read {_WORDS[others[0][:2]]}; only the date of the start depends on it"
        return chosen, f"{example}, but {other}"
    return chosen, ""


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
