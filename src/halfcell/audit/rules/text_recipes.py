"""The shares of a recipe in running text (92 wt% A, 4 wt% B and 4 wt% C; A:B:C = 80:10:10) make 100 %."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus, number
from halfcell.audit.readings import Reading
from halfcell.audit.statements import split
from halfcell.core.printed import Printed
from halfcell.core.units import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts

FORMULA = "Σ w_i = 100 % of all shares of one list"
LIMITS = (
    "Lists of at least three shares of different parts (x wt% A, y wt% B, z wt% C; x:y:z; x + y + z wt%) in a sentence "
    "about a coating; their sum lies between 85 and 115, and the largest is half of it. Other lists are left out."
)
FEWEST = 3  # shares of a list; two that sum to 100 are a ratio
NEAR = 15  # by which the sum of a mistyped recipe may be off
LONGEST = 4_000  # characters of a paragraph that is read
_SHARE = r"\d{1,2}(?:\.\d{1,3})?"
_WT = rf"{_SHARE}\s?wt\.?\s?%"
_LIST = re.compile(
    rf"(?<![\w.,:-]){_WT}[^\d%.;:]{{1,60}}(?:{_SHARE}\s?(?:wt\.?\s?)?%[^\d%.;:]{{1,60}}){{1,6}}{_SHARE}\s?(?:wt\.?\s?)?%"
)
_NAME = re.compile(r"%([^%]*?)(?=\d[\d.]*\s?(?:wt\.?\s?)?%)")  # what stands between two shares
_JOINS = re.compile(r"\b(?:and|or|of|to|with)\b|[\s,]")
_RATIO = re.compile(rf"(?<![\w.,:/-]){_SHARE}(?:\s?:\s?{_SHARE}){{2,6}}(?![\w:/-]|\.\d)")
_PLUS = re.compile(rf"(?<![\w.,:+-]){_SHARE}(?:\s?\+\s?{_SHARE}){{2,6}}\s?(?:wt\.?\s?)?%")
_NUMBER = re.compile(_SHARE)
_COATED = re.compile(  # words of coatings: lists of elements need not make 100 %
    r"\b(?:slurr\w+|binders?|PVDF|CMC|SBR|PAA|carbon black|super ?P|conductive|(?:an|cath|electr)odes?|additives?)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:respectively|versus|vs|from|increas\w+|decreas\w+|retention|efficienc\w+|humidity|vol)\b")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each recipe in the running text."""
    for place, text in enumerate(facts.paper.paragraphs, start=1):
        for start, sentence in split(text) if len(text) <= LONGEST else ():
            if _COATED.search(sentence) and not _OTHER.search(sentence):
                for pattern in (_LIST, _RATIO, _PLUS):
                    for match in pattern.finditer(sentence):
                        yield from _claim(match, f"paragraph {place}", start)


def _claim(match: re.Match[str], where: str, start: int) -> Iterator[Claim]:
    """The largest share as what the others leave of 100."""
    shares = [_reading(one, where, start + match.start()) for one in _NUMBER.finditer(match[0])]
    total = sum((share.point for share in shares), Fraction(0))
    largest = max(shares, key=lambda share: share.point)
    if len(shares) < FEWEST or abs(total - 100) > NEAR or 2 * largest.point < total or not _are_parts(match[0]):
        return
    yield Claim(
        rule="text_recipes",
        what=f"recipe in {where} (sign {start + match.start() + 1})",
        target=largest,
        direct=_rest(shares, largest),
        because=f"the shares sum to {float(total):g}",
        severity="warning",
        soft=True,
        ask="Which of the shares is mistyped, or is a part missing?",
    )


def _are_parts(text: str) -> bool:
    """Whether the shares of a list are each of another part: 20 wt%, 30 wt% and 40 wt% carbon are a series."""
    names = [_JOINS.sub("", name).lower() for name in _NAME.findall(text)]
    return all(names) and len(set(names)) == len(names)


def _rest(shares: Sequence[Reading], largest: Reading) -> Expression:
    """100 less all other shares."""
    rest: Expression = number(100)
    for share in shares:
        rest = rest if share is largest else minus(rest, share)
    return rest


def _reading(match: re.Match[str], where: str, start: int) -> Reading:
    return Reading(
        quantity="mass_fraction", printed=Printed(match[0]), unit=PLAIN, has_unit=False, where=where,
        column=start + match.start(), label="share",
    )  # fmt: skip
