"""From the text of a head to words: one spelling of signs, no footnote marks, symbols with slashes as one word."""

from __future__ import annotations

import re

_SIGNS = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "‒": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "μ": "µ",
        "Ω": "Ω",
        "Å": "Å",
        "\u00a0": " ",
        "\u202f": " ",
    }
    | {"\u2009": " ", "∶": ":", "⁄": "/", "Θ": "θ", "ϑ": "θ", "\n": " ", "⁻": "-"}
    | {raised: str(digit) for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
    | {lowered: str(digit) for digit, lowered in enumerate("₀₁₂₃₄₅₆₇₈₉")}
)
_RAISED = re.compile(r"\^\{\s*([^{}]*?)\s*\}")
_LOWERED = re.compile(r"_\{\s*([^{}]*?)\s*\}")
_MARK = re.compile(r"(?:\[?\d+\]?|\(?[A-Za-z]\)?|[*†‡§¶#]+)(?:[,;–-](?:\[?\d+\]?|[A-Za-z]|[*†‡§¶#]+))*|[†‡§¶*#]*")
_DEGREE = {"°", "∘", "◦", "º", "˚"}
_POWER = re.compile(r"^[-+]?\d(?:\.\d+)?$")
_UNIT_END = re.compile(
    r"(?:\b(?:[munkcpMG]?m|[mkµun]?g|[mk]?L|l|s|h|[mk]?V|[mµk]?A|K|Å|mol|cycle|C|Wh|mAh|Ah|S|Pa|J|F|angstrom)|Si|[a-z])$"
)
_DIS = r"(?:discharge|disch|dis|dchg|dch)"
_CHA = r"(?:charge|char|cha?|chg)"
_JOINED = (
    (re.compile(r"(?<=\d(?:st|nd|rd|th))(?=dis|ch)"), " "),
    (re.compile(r"\bD ?_?[\[(]? ?4 ?[,.] ?3 ?[\])]?", re.IGNORECASE), " d43 "),
    (re.compile(r"\bD ?_?[\[(]? ?3 ?[,.] ?2 ?[\])]?", re.IGNORECASE), " d32 "),
    (re.compile(r"\bD ?v?_? ?[\[(]? ?(?:v, ?)?0\.([159])0? ?[\])]?", re.IGNORECASE), r" d\g<1>0 "),
    (re.compile(r"\bD ?[vx]?_? ?[\[(] ?([159]0) ?[\])]|\bDx ?_?([159]0)\b", re.IGNORECASE), r" d\1\2 "),
    (re.compile(r"\bd ?_?\(? ?00\d ?\)?(?: spacing)?"), " d002 "),
    (re.compile(r"\b[Nn] ?[:/] ?[Pp]\b"), " np "),
    (re.compile(r"\b[Ii]_?\(?D\)?\d? ?/ ?[Ii]_?\(?G\)?"), " raman_ratio "),
    (re.compile(r"\b[Ii]_?\(?G\)?\d? ?/ ?[Ii]_?\(?D\)?\d?"), " raman_inverse_ratio "),
    (re.compile(r"\bA_?\(?D1?\)? ?/ ?A_?\(?G\)?"), " raman_area_ratio "),
    (re.compile(r"(?:\b2 ?(?:θ|[Tt]heta\b)|\b[Tt]wo[- ][Tt]heta\b)(?: ?_?\(?\d{3}\)?(?!\d))?"), " two_theta "),
    (re.compile(r"\(?\b\d{3}\)? (?=(?:peak|reflection|line|diffraction|FWHM|plane)\b)"), " "),
    (re.compile(r"\bFWHM ?_?\(?\d{3}\)?(?!\d)"), " FWHM "),
    (re.compile(rf"\b[QC]_?{_DIS},? ?1(?:st)?\b|\b[QC]_?1(?:st)?,? ?{_DIS}\b"), " first discharge capacity "),
    (re.compile(rf"\b[QC]_?{_CHA},? ?1(?:st)?\b|\b[QC]_?1(?:st)?,? ?{_CHA}\b"), " first charge capacity "),
    (re.compile(rf"\b[QC]_?{_DIS}\b"), " discharge capacity "),
    (re.compile(r"\b(?:[QC]_?(?:cha|chg|char|charge)|Q_?ch)\b"), " charge capacity "),
    (re.compile(r"\b[QC]_?(\d{1,4})(?:st|nd|rd|th)? ?/ ?[QC]_?\d(?:st|nd|rd|th)?\b"), r" capacity retention cycle \1 "),
    (re.compile(r"\b[QC]_?(\d{1,4})(?:st|nd|rd|th)?(?= ?[(\[/,]? ?m?A ?h)"), r" capacity cycle \1 "),
    (re.compile(r"(?<![\w.])[QC]?_?(\d+(?:\.\d+)? ?C) ?/ ?[QC]?_?(\d+(?:\.\d+)? ?C)\b"), r" rate_ratio \1 \2 "),
    (re.compile(r"\b[qQC]_?(anode|cathode|negative|positive|neg|pos)\b"), r" \1 capacity "),
    (re.compile(r"\( ?[dD]_?90 ?[-] ?[dD]_?10 ?\) ?/ ?[dD]_?50"), " span "),
    (re.compile(r"(?<=\d)(?:st|nd|rd|th)? ?(?:→|->|⟶) ?(?=\d)"), "/"),
    (re.compile(r"\ba ?= ?b\b"), " a "),
    (re.compile(r"\bD ?/ ?C\b"), " discharge / charge "),
    (re.compile(r"\bC ?/ ?D\b"), " charge / discharge "),
    (re.compile(r"\bc ?/ ?a\b"), " c_a "),
    (re.compile(r"\b[Ss]pecific charge\b(?! capacit)"), " specific capacity "),
    (re.compile(r"\bS (?=mass\b|content\b|weight\b)"), " sulfur "),
    (re.compile(r"σ_?\(? ?(\d\d ?°C|RT) ?\)?"), r" σ \1 "),
    (re.compile(r"\bE ?[/:] ?S\b"), " e_s "),
    (re.compile(r"\bE ?: ?C\b"), " e_c "),
    (re.compile(r"\bcycles? (\d+) ?(?:/|vs\.?|to|over|relative to) ?cycles? (\d+)\b"), r"cycle \1"),
    (re.compile(r" ?/ ?cycle\b"), " per cycle "),
    (re.compile(r"\bD ?/ ?G\b"), " d g "),
    (re.compile(r"(?<![(\[])\b[Ww]eight(?= ?[(\[/,]? ?%)"), "weight percentage"),
    (re.compile(r"(?<![(\[])\b[Aa]tomic(?= ?[(\[/,]? ?%)"), "atomic percentage"),
    (re.compile(r"\bR_?\w+ ?\+ ?R_?\w+(?: ?\+ ?R_?\w+)*"), " sum of resistances "),
    (re.compile(r"\bE ?/ ?C\b(?= ?[(\[/] ?(?:[µum]?L|g)\b)"), " e_c "),
    (re.compile(r"(?<=[a-z]{3})%|(?<=[A-Z]{2})%"), " %"),
    (re.compile(r"\b[Cc]apacity ratio ?[(\[,]? ?np\b ?[)\]]?"), " np "),
    (re.compile(r"\b([A-Z][a-z]?) ?[1-5][spdf](?: ?[1357]/2)?(?= ?(?:[(\[,]|$))"), r"\1"),
    (re.compile(r"\bV_?(?:micro|mic|mi) ?/ ?V_?(?:total|tot|t)\b"), " micropore_share "),
    (re.compile(r"\b[IA]_?[DG]\d? ?[(\[/] ?(?:a\. ?u\.?|arb\.? ?units?|counts) ?[)\]]?"), " d band intensity "),
    (re.compile(r"% ?(?:TD\b|T\.D\.|of (?:the )?theoretical(?: density)?\b)"), "%"),
    (re.compile(r"\bE ?/ ?C\b(?= ratio)"), " e_c "),
    (re.compile(r"\bV_?\(? ?[<≤] ?2 ?nm\b\)?"), " micropore volume "),
    (re.compile(r"\bV_?\(? ?2 ?- ?50 ?nm\b\)?"), " mesopore volume "),
    (re.compile(r"\bV_?\(? ?[>≥] ?50 ?nm\b\)?"), " macropore volume "),
    (re.compile(r"\b4 ?V ?/ ?[AS]\b"), " 4v_a "),
    (re.compile(r"\bW_?e ?/ ?W_?t(?:ot)?\b"), " we_wt "),
    (re.compile(r"\bC-rate\b|\bC rate\b"), " c rate "),
    (re.compile(r"(?<=[a-z])/ ?(?=[a-z]{3,})"), " / "),
)
_WORD = re.compile(r"[^\s,;:/()\[\]|=@+*×·-]+[+]?|[@=]")


def one_line(text: str) -> str:
    """The text on one line, with its signs as printed; marks behind a caret (``O^a``) go."""
    bare = re.sub(r"(?<=\w)\^[a-h*†‡](?=$|[\s,;)(])", "", text)
    return re.sub(r"\s+", " ", bare.replace("\u200b", "").replace("\xad", "")).strip()


def flat(text: str) -> str:
    """One line, one spelling of signs; each sign stays in its place."""
    return one_line(text).translate(_SIGNS)


def without_marks(markup: str) -> str:
    """A text with markup as plain text: powers stay with their unit, lowered parts with their symbol, marks go.

    A raised part is a power if it is a number behind a unit (``cm^{2}``, ``g^{-1}``), else a footnote or a reference.
    """
    text = markup
    pieces, end = [], 0
    for match in _RAISED.finditer(text):
        pieces.append(text[end : match.start()])
        inner = match.group(1).replace(" ", "")
        sign = inner.translate(_SIGNS)
        before = "".join(pieces).rstrip()
        ordinal = sign in {"st", "nd", "rd", "th"} and bool(re.search(r"[\dn]$", before))
        if sign in _DEGREE or (sign == "o" and text[match.end() :].lstrip().startswith("C")):
            pieces.append("°")
        elif _is_power(sign, before) or sign in {"+", "2+"} or ordinal:
            pieces.append(inner)
        elif not _MARK.fullmatch(sign):
            pieces.append(f" {inner}")  # words that are raised: Q^{1st}
        end = match.end()
    return _LOWERED.sub(r"\1", "".join([*pieces, text[end:]]))


def _is_power(inner: str, before: str) -> bool:
    if inner.startswith(("-", "+")) and inner[1:].replace(".", "").isdigit():
        return True
    return bool(_POWER.match(inner) and _UNIT_END.search(before) and re.search(r"[(\[/ ]\S*$", before))


def joined(text: str) -> str:
    """Symbols that hold a slash or a colon as one word: ``N/P``, ``ID/IG``."""
    for pattern, word in _JOINED:
        text = pattern.sub(word, text)
    return re.sub(r"\s+", " ", text).strip()


def split(text: str) -> tuple[str, ...]:
    """The words of a text with their case; hyphens, commas and slashes part words."""
    return tuple(word.rstrip("’'") for word in _WORD.findall(joined(text)) if word.strip("._"))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase in lower case."""
    return tuple(word.lower() for word in split(flat(text)))
