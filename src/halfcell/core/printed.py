"""A printed number: its exact value and the interval of values that round to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from halfcell.core.errors import InputError

Rounding = Literal["half up", "half even", "truncated", "up or down"]

_NUMBER = re.compile(r"([+\-]?)(\d+)(?:\.(\d+))?(?:[eE]([+\-]?\d+))?")
_MINUS = str.maketrans({"−": "-", "–": "-", "‒": "-", " ": ""})


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number, kept as the string it was.

    ``Printed("92.50")`` has value 37/0.4 exactly, two decimals, one last digit worth 1/100, and by half-up rounding
    came from the closed interval [92.495, 92.505]. Trailing zeros matter, hence the string is kept.
    """

    text: str

    def __post_init__(self) -> None:
        """Refuse anything but a single number.

        Raises
        ------
        InputError
            If the text is not a single decimal number.
        """
        if _NUMBER.fullmatch(self._clean) is None:
            raise InputError(f"{self.text!r} is not a number", hint="write it as 92.50 or 1.2e-3")

    @property
    def _clean(self) -> str:
        return self.text.strip().translate(_MINUS).replace(",", "")

    @property
    def _parts(self) -> tuple[str, str, str, int]:
        match = _NUMBER.fullmatch(self._clean)
        if match is None:
            raise InputError(f"{self.text!r} is not a number")
        sign, whole, part, exponent = match.groups()
        return sign, whole, part or "", int(exponent or 0)

    @property
    def value(self) -> Fraction:
        """The printed value, exactly."""
        sign, whole, part, exponent = self._parts
        number = Fraction(int(whole + part), 10 ** len(part)) * Fraction(10) ** exponent
        return -number if sign == "-" else number

    @property
    def decimals(self) -> int:
        """Digits after the point, as printed."""
        return len(self._parts[2])

    @property
    def last_digit(self) -> Fraction:
        """The value of one step of the last printed digit."""
        _, _, part, exponent = self._parts
        return Fraction(10) ** (exponent - len(part))

    def interval(self, rounding: Rounding = "half up") -> tuple[Fraction, Fraction]:
        """The closed interval of values that are printed like this under a rounding rule.

        ``half up`` and ``half even`` give +- half a last digit; ``truncated`` from the value to one last digit away
        from zero; ``up or down`` one last digit both ways.
        """
        step = self.last_digit
        if rounding in {"half up", "half even"}:
            return self.value - step / 2, self.value + step / 2
        if rounding == "up or down":
            return self.value - step, self.value + step
        if self._parts[0] == "-":
            return self.value - step, self.value
        return self.value, self.value + step
