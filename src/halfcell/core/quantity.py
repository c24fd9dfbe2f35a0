"""A quantity: value, unit, standard uncertainty and the kind of that uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Kind = Literal[
    "",
    "counting noise",
    "fit covariance",
    "spread over windows",
    "spread over models",
    "spread over samples",
    "spread over cells",
    "instrument resolution",
    "limits of error",
    "propagated",
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit and, if known, its standard uncertainty (k = 1) and the kind of uncertainty.

    Of the kind "limits of error" the uncertainty follows from bounds within which all values are equally likely: twice
    of it holds all of them. A quantity is for output and has no arithmetic. `decimals` sets the printed decimals if the
    value has no uncertainty (or by custom of the field), e.g. 1 for a capacity in mAh/g.
    """

    value: float
    unit: str = ""
    std: float | None = None
    kind: Kind = ""
    decimals: int | None = None

    def __str__(self) -> str:
        """Print as ``12.2(2) nm``: the last digits' uncertainty in parentheses."""
        return f"{self.number} {self.unit}".rstrip()

    @property
    def number(self) -> str:
        """The number without its unit, e.g. ``12.2(2)`` or ``92.5``."""
        if not math.isfinite(self.value):
            return "n/a" if math.isnan(self.value) else str(self.value)
        if self.decimals is not None:
            return _fixed(self.value, self.decimals)
        if self.std is None or not math.isfinite(self.std) or self.std <= 0:
            return f"{self.value:.4g}" if abs(self.value) < 1e5 else f"{self.value:.6g}"
        return _with_uncertainty(self.value, self.std)

    def as_json(self) -> dict[str, float | str | None]:
        """Return what ``--json`` prints."""
        value = self.value if math.isfinite(self.value) else None
        return {"value": value, "unit": self.unit, "std": self.std, "kind": self.kind or None}


def _fixed(value: float, decimals: int) -> str:
    """Round half up in decimal; never print a negative zero."""
    exact = Decimal(repr(float(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.lstrip("-") if not rounded else text


def _with_uncertainty(value: float, std: float) -> str:
    """Print one digit of the uncertainty, two if the first is 1: ``12.2(2)``, ``1.234(15)``.

    An uncertainty below 1e-12 (relative) is that of the arithmetic, not of the data: ten digits without parentheses.
    """
    if std < 1e-12 * abs(value):
        return f"{value:.10g}"
    exponent = math.floor(math.log10(std))
    digits = round(std / 10 ** (exponent - 1))  # two digits, 10 .. 100
    if digits >= 20:
        digits, place = round(digits / 10), exponent
    else:
        place = exponent - 1
    if place > 6:
        return _scientific(value, digits, place)
    if place > 0:
        return f"{round(value, -place):.0f}({digits * 10**place})"
    if place < -6 and abs(value) < 1e-3:
        return _scientific(value, digits, place)
    shown = str(digits) if digits < 10 ** (-place) else _fixed(digits * 10.0**place, -place)
    return f"{_fixed(value, -place)}({shown})"


def _scientific(value: float, digits: int, place: int) -> str:
    """Print a very small or very large value as ``3.07(12)e-09``."""
    exponent = max(math.floor(math.log10(abs(value))), place) if value else place
    scaled = Decimal(repr(float(value))).scaleb(-exponent)
    return f"{_fixed(float(scaled), exponent - place)}({digits})e{exponent:+03d}"
