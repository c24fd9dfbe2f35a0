"""Texts that should be numbers: what to write instead."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = r"[-+−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_UNKNOWN: Final = re.compile(r"n\.?\s*[ad]\.?|n/a|[-–—?x.]+|none|null|nan|unknown|tbd|todo|missing", re.IGNORECASE)
_MONTH: Final = r"(?:jan|feb|mar|m[aä]r|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*"
_DAY: Final = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_DATE: Final = re.compile(
    rf"(?:\d{{1,2}}[. -]\s*{_MONTH}(?:[. -]*\d{{2,4}})?|{_MONTH}[ -]\d{{2,4}}|{_DAY})(?:[ T]\d\d:\d\d(?::\d\d)?)?",
    re.IGNORECASE,
)


def instead_of(text: str, *, empty: str = "leave it out") -> str:
    """What to write instead of a text that is no number; empty where nothing helps.

    Parameters
    ----------
    text
        The text: ``0,85``, ``5 %``, ``1.2 mg``, ``n/a``, ``1. Aug``, ``~5``, ``0.85 ± 0.02``, ``1 200``.
    empty
        What to do where the value is not known.
    """
    text = text.strip()
    known = (
        (re.compile(r"[-+]?\d+,\d+"), "use a decimal point"),
        (_UNKNOWN, f"{empty} where the value is not known"),
        (_DATE, "has the spreadsheet made a date of it? write the number again, with its column as text"),
        (re.compile(rf"{_NUMBER}(?:\s*[;/–]\s*|\s+){_NUMBER}"), "write one number"),
    )
    found = (hint for pattern, hint in known if pattern.fullmatch(text))
    return _bare(text) or next(found, "")


def _bare(text: str) -> str:
    """What to write for a number with something around it; empty if there is no such number."""
    spread = re.match(rf"({_NUMBER})\s*(?:±|\+/?-|\()", text)
    if spread:
        return f"write {spread[1]}, without its uncertainty"
    if re.fullmatch(r"\d{1,3}(?:[ ',’\u202f\u00a0]\d{3})+(?:\.\d+)?", text):
        plain = re.sub(r"[ ',’\u202f\u00a0]", "", text)
        return f"write {plain}, without marks between its digits"
    rough = re.fullmatch(rf"(?:~|≈|ca\.?|about|approx\.?|[<>≤≥=])\s*({_NUMBER})", text, re.IGNORECASE)
    if rough:
        return f"write the number alone: {rough[1]}"
    with_unit = re.fullmatch(rf"({_NUMBER})\s*([^\d\s].*)", text)
    is_day = _DATE.fullmatch(text) is not None
    if with_unit and not is_day and with_unit[2][0].isalpha() | (with_unit[2][0] in "%°µ"):
        what = "%" if with_unit[2] == "%" else f"the unit {with_unit[2]!r}"
        return f"write {with_unit[1]} without {what}"
    return ""
