"""Captions: which lines are one, what they are called, and which only continue a table."""

from __future__ import annotations

import re
from typing import NamedTuple

_LEFTOVER = re.compile(r"\[(?:bookmark|image)[^\[\]]*\]\s*", re.IGNORECASE)
_CAPTION = re.compile(
    r"^\s*(?P<again>\(?continued\)?\s+)?(?:(?:Supplementary|Supporting|Extended\s+Data|ESI)\s+)?"
    r"(?P<word>(?i:Fig(?:ure)?s?\.?|Table|Scheme|Tab\.|Tabelle|Abbildung|Abb\.))\s*"
    r"(?:(?<=[A-Za-z.\s])(?P<number>[A-Z]{0,3}[-.]?\d+(?:[.-]\d+)*(?:[a-z]|[A-Z](?![A-Za-z]))?|[IVX]+))(?![\d.]*\d)\b"
    r"\s*(?P<mark>[.:|–—]?)\s*(?P<text>.*)$",
    re.DOTALL | re.IGNORECASE,
)
_GERMAN = {"tabelle", "abbildung", "abb."}
_CONTINUED = re.compile(
    r"^[-–—\s]*[(\[]?\s*cont(?:inued|inuation|['’]?d|\.)?(?![A-Za-z])(?:\s+from\s+(?:the\s+)?previous\s+page)?\s*[)\]]?[.:]?\s*",
    re.IGNORECASE,
)
_REMARK = re.compile(r"^\([^()]{0,40}\)\s*")
_VERB = re.compile(
    r"(?:shows?|showed|lists?|gives?|gave|presents?|presented|summari[sz]es?|compares?|reports?|displays?|contains?"
    r"|provides?|demonstrates?|indicates?|reveals?|illustrates?|includes?|details|describes?|collects?|outlines?"
    r"|tabulates?|depicts?|reflects?|confirms?|suggests?|compiles?|documents|explains?|exhibits?|specifies|covers"
    r"|highlights?|and|or|in|also|clearly|further|is|are|was|were|has|have|had|can|could|may|above|below|to|as|for"
    r"|while|which|that|where|by|we|it|together|with|respectively|does|do|did)$"
)


class FoundCaption(NamedTuple):
    """A caption: its name (``Table S5``), the text after it, whether of a table, and whether it continues one."""

    name: str
    text: str
    is_table: bool
    continues: bool = False


def clean(line: str) -> str:
    """The line without what a conversion from Word leaves behind."""
    return _LEFTOVER.sub("", line).strip()


def read_caption(line: str) -> FoundCaption | None:
    """Read a line as a caption; None if it is not one."""
    match = _CAPTION.match(clean(line))
    if match is None or not _is_spelled(match["word"], match["number"]):
        return None
    text = match["text"].strip()
    is_table = match["word"].lower().startswith("tab")
    kind = "Table" if is_table else ("Scheme" if match["word"].lower().startswith("scheme") else "Fig.")
    again = _CONTINUED.match(text)
    rest = text[again.end() :] if again else text
    if not again and not match["again"] and not _is_title(text, bool(match["mark"])):
        return None
    if match["word"].lower() in _GERMAN and not (match["mark"] or not text):
        return None  # its verbs are not known
    return FoundCaption(f"{kind} {match['number']}", rest, is_table, bool(again or match["again"]))


def _is_spelled(word: str, number: str) -> bool:
    """Whether word and number are spelled as captions are: not ``table 1``, no Roman number in small letters."""
    return word[0].isupper() and not (number.isalpha() and number.islower())


def _is_title(text: str, marked: bool) -> bool:
    """Whether a title follows; in running text it is a verb, a conjunction or a comma: "Table S5 shows"."""
    if marked or not text:
        return True
    words = _REMARK.sub("", text).split()
    return text[0] not in ",;)" and not (words and _VERB.match(words[0]))
