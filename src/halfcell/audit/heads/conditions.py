"""Conditions in a head: number of the cycle, rate, temperature, voltage window; taken out before the words are read."""

from __future__ import annotations

import re
from typing import NamedTuple

_PRE = r"(?:(?:after|over|for|at|in|upon|through|during|until|within|of|@)\s*)?(?:the\s+)?"
_CYCLES = (
    re.compile(
        _PRE + r"(?<![\d.])(\d[\d,]{0,6})(?:\s?(?:st|nd|rd|th)\b)?\s?-?\s?(?:charge.discharge )?(?:cycles?|cyc\b\.?)\b",
        re.IGNORECASE,
    ),
    re.compile(_PRE + r"\bcycle\s*(?:no\.?\s*|number\s*|#\s*)?(\d{1,5})(?:st|nd|rd|th)?\b", re.IGNORECASE),
    re.compile(r"\bafter\s+(\d{2,5})\s*$", re.IGNORECASE),
    re.compile(_PRE + r"(?<![\d.])(\d{1,5})(?:st|nd|rd|th)\b", re.IGNORECASE),
)
_SPAN = re.compile(
    r"\bcycles? \d{1,5} ?(?:-|to) ?\d{1,5}\b|"
    r"(?<![\d.])\d{1,5}(?:st|nd|rd|th)? ?(?:-|to) ?\d{1,5}(?:st|nd|rd|th)? cycles?\b"
)
_PAIR = re.compile(
    _PRE + r"(?<![\d.])(\d{1,5}(?:(?:st|nd|rd|th)? ?/ ?\d{1,5})+)(?:st|nd|rd|th)\b(?:\s?cycles?)?|"
    + _PRE + r"\bcycles? (\d{1,5}(?: ?/ ?\d{1,5})+)\b|" + _PRE + r"(?<![\d.])(\d{1,5}(?: ?/ ?\d{1,5})+) cycles\b"
)  # fmt: skip
_ANY_CYCLE = re.compile(
    r"(?:after|over|for|@)\s*(?:the\s+)?\b(?:[NnXxMm]|several|cycling|cycles|cycle)(?:-?\s?th)?\b(?:\s*cycles?\b|\s*cycling\b)?",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"(?:(?:at|@|under)\s*)?(?:a\s+(?:rate|current density) of\s+)?(?<![\w.])"
    r"((?:C\s?/\s?\d+(?:\.\d+)?)|(?:\d+(?:\.\d+)?|\d+/\d+)\s?C\b(?!m)|"
    r"\d+(?:\.\d+)?\s?[mµ]?A\s?(?:/\s?(?:g|cm2)|\.?\s?g\s?-1|\.?\s?cm\s?-2))"
    r"(?![\w/])(?:\s*rate)?"
)
_TEMPERATURE = re.compile(r"(?:(?:at|@)\s*)?(?<![\w.])(-?\d+(?:\.\d+)?\s?(?:°\s?C|℃|K)\b|RT\b|room temperature)")
_WINDOW = re.compile(
    r"(?:(?:at|@|between|in|from)\s*)?(?<![\w.])(\d+(?:\.\d+)?\s?(?:V\s?)?(?:-|to|and)\s?\d+(?:\.\d+)?\s?V\b)"
)
_RATIO = re.compile(
    r"(?<![\w.])(\d[\w./\s-]{0,14}?)\s+(?:vs\.?|versus|over|to)\s+(\d[\w./\s-]{0,14}?)(?=\s*(?:[(),;]|$))"
)
_BEYOND = re.compile(r"(?:above |below )?([<>≤≥]\s?\d+(?:\.\d+)?\s?V\b)|\b(?:above|below) (\d+(?:\.\d+)?\s?V\b)")
_VERSUS = re.compile(r",?\s*\b(?:vs\.?|versus)\s*\.?\s*(?:Li|Na|K|SHE|Ag|RHE|Li-In|In)[\w+/.\s-]*?(?=$|[)\],;])")
_THICK = re.compile(r"\b\d+(?:\.\d+)?\s?(?:µm|um|nm|mm)\s?-?\s?thick\b")
_TIMES = re.compile(r"\(\s*[XxNn]\s*=\s*(\d+)\s*\)")


class Conditions(NamedTuple):
    """What was taken out of a text: the rest, number of the cycle, other conditions, and whether cycles are meant.

    `cycles` are those that share a column: ``1st/200th``, ``cycle 1/50/100``.
    """

    rest: str
    cycle: int | None
    at: tuple[str, ...]
    cycled: bool
    cycles: tuple[int, ...] = ()

    def merged(self, other: Conditions) -> Conditions:
        """Together with the conditions of a bracket."""
        cycle = self.cycle if self.cycle is not None else other.cycle
        cycled = self.cycled or other.cycled
        return Conditions(self.rest, cycle, self.at + other.at, cycled, self.cycles or other.cycles)


def conditions(text: str) -> Conditions:
    """Take the conditions out of a text."""
    text = _THICK.sub(" ", _VERSUS.sub(" ", text))
    at: list[str] = []
    ratio = _RATIO.search(text)
    if ratio and all(_RATE.fullmatch(end.strip()) for end in ratio.groups()):
        at = [end.strip() for end in ratio.groups()]
        text = text[: ratio.start()] + " rate_ratio " + text[ratio.end() :]
    for pattern in (_RATE, _TEMPERATURE, _WINDOW, _BEYOND):
        at.extend((match.group(1) or match.group(0)).strip() for match in pattern.finditer(text))
        text = pattern.sub(" ", text)
    spanned = bool(_SPAN.search(text))
    text = _SPAN.sub(" ", text)
    two = _PAIR.search(text)
    cycles = tuple(int(n) for n in re.findall(r"\d+", next(part for part in two.groups() if part))) if two else ()
    text = _PAIR.sub(" ", text)
    found = next((match for pattern in (_TIMES, *_CYCLES) if (match := pattern.search(text))), None)
    cycle = int(found.group(1).replace(",", "")) if found else None
    if found:
        text = text[: found.start()] + " " + text[found.end() :]
    cycled = cycle is not None or bool(_ANY_CYCLE.search(text))
    rest = re.sub(r"\s+", " ", _ANY_CYCLE.sub(" ", text)).strip(" @")
    return Conditions(rest, cycle, tuple(at), cycled or bool(cycles) or spanned, cycles)
