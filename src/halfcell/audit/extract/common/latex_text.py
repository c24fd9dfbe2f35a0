"""LaTeX source -> plain text: commands for signs and units (also of siunitx) become those signs and units."""

from __future__ import annotations

import re

from halfcell.audit.extract.common.limits import MAX_TEXT
from halfcell.core.errors import InputError

_SIGNS = {
    "mu": "µ", "Omega": "Ω", "degree": "°", "circ": "°", "times": " × ", "cdot": " · ", "pm": " ± ", "alpha": "α",
    "beta": "β", "theta": "θ", "lambda": "λ", "sigma": "σ", "sim": "~", "approx": "≈", "leq": "≤", "geq": "≥",
    "le": "≤", "ge": "≥", "textmu": "µ", "textdegree": "°", "celsius": "°C", "textendash": "–", "ldots": "…",
    "angstrom": "Å", "AA": "Å", "micro": "µ", "milli": "m", "kilo": "k", "nano": "n", "centi": "c", "gram": "g",
    "metre": "m", "meter": "m", "ampere": "A", "volt": "V", "watt": "W", "hour": "h", "second": "s", "pascal": "Pa",
    "mega": "M", "percent": "%", "ohm": "Ω", "siemens": "S", "joule": "J", "newton": "N", "kelvin": "K",
    "mg": "mg", "kg": "kg", "ug": "µg", "cm": "cm", "mm": "mm", "um": "µm", "nm": "nm", "mA": "mA", "uA": "µA",
    "mV": "mV", "kV": "kV", "mL": "mL", "uL": "µL", "kPa": "kPa", "MPa": "MPa", "GPa": "GPa", "mW": "mW", "kW": "kW",
    "newline": "\n", "quad": " ", "mid": "|",
}  # fmt: skip
_KEEP = {
    "text",
    "textbf",
    "textit",
    "emph",
    "mathrm",
    "mathbf",
    "textrm",
    "textsf",
    "ce",
    "mbox",
    "makecell",
    "shortstack",
    "num",
}
_DROP = {
    "cite",
    "citep",
    "citet",
    "ref",
    "label",
    "footnotemark",
    "rowcolor",
    "cellcolor",
    "textcolor",
    "color",
    "vspace",
}
_POWERS = {"square": 2, "cubic": 3}
_PREFIX = r"(?:milli|micro|kilo|nano|centi|mega|pico|giga)"
_PER = re.compile(rf"\\per\s*(?:\\(square|cubic)\s*)?\\?({_PREFIX}\s*\\?[A-Za-z]+|[A-Za-z]+)")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?\s*")


def strip_comments(text: str) -> str:
    """The source without comments."""
    return re.sub(r"(?<!\\)%.*", "", text)


def argument(text: str, place: int) -> tuple[str, int]:
    """The text in the braces at `place`, and the place after them."""
    depth = 0
    for index in range(place, len(text)):
        if text[index] == "{" and text[index - 1 : index] != "\\":
            depth += 1
        elif text[index] == "}" and text[index - 1 : index] != "\\":
            depth -= 1
            if depth == 0:
                return text[place + 1 : index], index + 1
    return text[place + 1 :], len(text)


def plain(text: str, markup: bool = False) -> str:
    """The text; with `markup`, raised and lowered parts are marked ``^{...}`` and ``_{...}``.

    Raises
    ------
    InputError
        If the text is too long for one cell.
    """
    if len(text) > MAX_TEXT:
        raise InputError(f"a cell has more than {MAX_TEXT} characters", hint="is a brace or a & missing?")
    text = _commands(text.replace("\\\\", "\n"))
    text = re.sub(r"(?<!\\)\$", "", text).replace("~", " ").replace("---", "—").replace("--", "–")
    text = re.sub(r"(?<!\\)([\^_])([A-Za-z0-9+\-–−])", r"\1{\2}", text)
    if not markup:
        text = re.sub(r"(?<!\\)[\^_]\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"(?<![\^_])\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\([%&_#${}])", r"\1", text).replace("\\,", " ").replace("\\ ", " ").replace("\\;", " ")
    return re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", text)).strip()


def _commands(text: str) -> str:
    """Replace known commands; an unknown one leaves its argument."""
    text = re.sub(r"\\(?:SI|qty)\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1 \2", text)
    text = re.sub(r"\\(?:si|unit)\{([^{}]*)\}", r"\1", text)
    text = _PER.sub(_per, text)
    text = re.sub(
        r"\\(square|cubic)\s*((?:\\[A-Za-z]+\s*){1,2})", lambda m: _power(m.group(2), _POWERS[m.group(1)]), text
    )
    text = re.sub(
        r"(?<=[a-z])\s*\\(?=(?:milli|micro|kilo|nano|centi|mega)?(?:ampere|volt|watt|hour|gram|metre|meter|second|siemens|ohm|joule|kelvin|pascal)\b)",
        r"\\",
        text,
    )
    while match := _COMMAND.search(text):
        name, end = match.group(1), match.end()
        inner, after = argument(text, end) if text[end : end + 1] == "{" else ("", end)
        if name in _SIGNS:
            new, after = _SIGNS[name], end
        elif name in _DROP:
            new = ""
        else:
            new = inner if name not in _KEEP or inner else ""
        text = text[: match.start()] + new + text[after:]
    return text


def _per(match: re.Match[str]) -> str:
    """``\\per\\square\\centi\\metre`` is cm to the minus second."""
    return f"\\ {_power(match.group(2), -_POWERS.get(match.group(1) or '', 1))}"


def _power(words: str, power: int) -> str:
    symbol = "".join(_unit(word) for word in re.findall(r"[A-Za-z]+", words))
    return f"{symbol}^{{{power}}}"


def _unit(word: str) -> str:
    return _SIGNS.get(word, word)
