"""Read a printed table cell: a number with its digits, a range, "none", or text; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from halfcell.core.errors import InputError
from halfcell.core.printed import Printed
from halfcell.core.units import Unit, parse

Kind = Literal["number", "range", "none", "text", "blank"]

NONE_WORDS = {
    "-",
    "--",
    "---",
    "/",
    "n/a",
    "na",
    "n.a.",
    "n.a",
    "none",
    "nr",
    "n.r.",
    "not reported",
    "not available",
    "nan",
}
WORDY = 400  # characters; a longer cell is text
LONGEST = 60  # digits of a number; more cannot be a measurement
_MINUS = str.maketrans(
    {"−": "-", "–": "-", "‒": "-", "—": "-", "‐": "-", "‑": "-", "⁻": "-", "\u00a0": " ", "’": "'"}
    | {raised: str(digit) for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
)
_POWER = r"(?:\s*[x×*·]\s*10\s*\^?\s*\{?\s*([+-]?\s*\d+)\s*\}?|[eE]([+-]?\d+))?"
_DIGITS = r"([+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:[,'\u2009\u202f ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+))"
_NUMBER = re.compile(rf"{_DIGITS}(?!\d){_POWER}")
_SIGN = re.compile(r"^(~|≈|∼|ca\.?|about|approx\.?|>=|<=|≥|≤|>|<|≫|≪)\s*", re.IGNORECASE)
_REMARK = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SPREAD = re.compile(rf"^\s*(?:±|\+/-|\+-)\s*{_DIGITS}{_POWER}")
_RANGE = re.compile(rf"^\s*(?:-|to|~|…|\.\.\.)\s*{_DIGITS}{_POWER}(?![\d])")
_MARK = re.compile(r"\^\{\s*(?:[A-Za-z*†‡§#¶]|\[\d+\]|\d\))(?:\s*,\s*[A-Za-z*†‡§#¶])*\s*\}")
_RAISED_POWER = re.compile(r"(?<![\d.])10(?:\^\{\s*)?((?<=\{)\s*[-−–]?\s*\d+(?=\s*\})|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\}?")
_BARE_POWER = re.compile(r"^([~≈<>]?\s*)10\^([+-]?\d+)")
_TRAILING_MARK = re.compile(r"(?<=[\d%)])\s*(?:[*†‡§#¶]+|\^\(?[a-h]\)?(?:,[a-h])*)$")
_POWER_BEHIND = re.compile(r"^([+-]?\d+(?:\.\d+)?)(\(\d{1,3}\))(\s*[x×*·]\s*10\s*\^?\s*[+-]?\s*\d+)")
_BRACKETED = re.compile(
    r"^\(\s*([+-]?\d+(?:\.\d+)?)\s*(?:±|\+/-|\+-)\s*(\d+(?:\.\d+)?)\s*\)\s*[x×*·]\s*10\s*\^?\s*\{?\s*([+-]?\s*\d+)\s*\}?"
)  # (1.2 ± 0.1) × 10^-3


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """The content of a cell.

    `number` is the number (of a range the lower end, `upper` the other); `sign` is a printed ``~``, ``<`` or ``>``;
    `spread` follows ±; `unit` is a unit printed in the cell itself; `remarks` are in brackets, e.g. ``X=100``; `doubt`
    says what had to be assumed. Footnote marks are left out.
    """

    kind: Kind
    number: Printed | None = None
    upper: Printed | None = None
    spread: Printed | None = None
    sign: str = ""
    unit: Unit | None = None
    remarks: tuple[str, ...] = ()
    doubt: str = ""


@cache
def read_cell(text: str, markup: str = "") -> Content:
    """Read the text of a cell (and its markup, if the format has it)."""
    marked = markup or text
    marked = _RAISED_POWER.sub(lambda match: f"10^{match.group(1).translate(_MINUS)}", marked)
    plain = re.sub(r"[\^_]\{([^{}]*)\}", r"\1", _MARK.sub("", marked))
    clean = _TRAILING_MARK.sub("", re.sub(r"\s+", " ", plain.translate(_MINUS)).strip())
    if not clean:
        return Content(kind="blank")
    if len(clean) > WORDY:
        return Content(kind="text")
    if clean.lower() in NONE_WORDS:
        return Content(kind="none")
    clean = _BARE_POWER.sub(r"\g<1>1e\2", clean)
    sign = _SIGN.match(clean)
    rest = _POWER_BEHIND.sub(r"\1\3", clean[sign.end() :] if sign else clean)
    rest = _BRACKETED.sub(lambda m: f"{m[1]}e{m[3].replace(' ', '')} ± {m[2]}e{m[3].replace(' ', '')}", rest)
    number = _NUMBER.match(rest)
    if number is None:
        return Content(kind="text")
    return _numeric(number, rest[number.end() :], sign.group(1) if sign else "")


def _numeric(match: re.Match[str], rest: str, sign: str) -> Content:
    """Read what follows a number: nothing, ±, a range, brackets, a unit; anything else makes the cell a text."""
    number, doubt = _printed(match)
    upper = spread = None
    if found := _SPREAD.match(rest):
        spread, rest = _printed(found)[0], rest[found.end() :]
        if number and spread and "e" in spread.text and "e" not in number.text.lower():
            number, doubt = Printed(number.text + spread.text[spread.text.index("e") :]), "the power counts for both"
    elif found := _RANGE.match(rest):
        upper, rest = _printed(found)[0], rest[found.end() :]
        if number and upper and upper.value < number.value:
            if number.text == "10":
                return Content(kind="text", doubt="10 to a power whose raised part was lost, or a range")
            number, upper = upper, number
    remarks = tuple((a or b).strip() for a, b in _REMARK.findall(rest))
    rest = _REMARK.sub(" ", rest).strip()
    unit = parse(rest) if rest and not rest.isdigit() else None
    if number is None or (rest and unit is None):
        return Content(kind="text")
    return Content(
        kind="range" if upper else "number",
        number=number,
        upper=upper,
        spread=spread,
        sign=sign,
        unit=unit,
        remarks=remarks,
        doubt=doubt,
    )


def _printed(match: re.Match[str]) -> tuple[Printed | None, str]:
    """The digits for `Printed`, and a doubt if a comma was read as the decimal point."""
    groups = match.groups()
    digits, doubt = groups[0], ""
    if re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+", digits):
        digits, doubt = digits.replace(".", "").replace(",", "."), "the comma is read as the decimal point"
    if re.fullmatch(r"[+-]?\d+,\d+", digits) and not re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", digits):
        digits, doubt = digits.replace(",", "."), "the comma is read as the decimal point"
    digits = re.sub(r"[,'\u2009\u202f ]", "", digits)
    if digits.lstrip("+-").startswith("."):
        digits = digits.replace(".", "0.", 1)
    power = next((g for g in groups[1:] if g), "").replace(" ", "")
    if len(digits) > LONGEST or len(power) > 4:
        return None, doubt
    try:
        return Printed(f"{digits}e{power}" if power else digits), doubt
    except InputError:
        return None, doubt
