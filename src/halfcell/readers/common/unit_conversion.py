"""Units of instruments' column heads, durations and dates as people and instruments write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FACTORS = {
    "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0, "ms": 1e-3, "min": 60.0, "minutes": 60.0,
    "h": 3600.0, "hr": 3600.0, "hour": 3600.0, "hours": 3600.0, "d": 86400.0, "days": 86400.0,
    "v": 1.0, "volt": 1.0, "volts": 1.0, "mv": 1e-3, "uv": 1e-6,
    "a": 1.0, "amp": 1.0, "amps": 1.0, "ma": 1e-3, "mamps": 1e-3, "ua": 1e-6, "na": 1e-9,
    "ah": 1.0, "amp-hr": 1.0, "mah": 1e-3, "mamp-hr": 1e-3, "uah": 1e-6, "as": 1 / 3600, "mas": 1 / 3.6e6,
    "wh": 1.0, "watt-hr": 1.0, "mwh": 1e-3, "mwatt-hr": 1e-3, "uwh": 1e-6, "ws": 1 / 3600, "mws": 1 / 3.6e6,
    "w": 1.0, "mw": 1e-3, "ohm": 1.0, "ohms": 1.0, "mohm": 1e-3, "mo": 1e-3, "hz": 1.0, "khz": 1e3, "mhz": 1e-3,
    "c": 1.0, "degc": 1.0, "psi": 6894.757, "pa": 1.0, "kpa": 1e3, "mpa": 1e6, "bar": 1e5, "deg": 1.0, "1": 1.0,
    "": 1.0,
}  # fmt: skip
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


def factor(unit: str) -> float:
    """What a value in `unit` is multiplied by to be in s, V, A, Ah, Wh, W, ohm, Hz, degC or Pa.

    Raises
    ------
    KeyError
        If the unit is not known.
    """
    text = unit.strip().replace("µ", "u").replace("μ", "u").replace("°", "").replace("º", "").replace("Ω", "ohm")
    plain = "".join(sign for sign in text if sign.isascii())
    return _FACTORS[plain.replace(".", "").replace("·", "").replace(" ", "").lower()]


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
