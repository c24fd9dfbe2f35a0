"""LaTeX source -> plain text: commands for signs and units (also of siunitx) become those signs and units."""

from __future__ import annotations

import re
from typing import NamedTuple

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_TEXT

_SIGNS = {
    "mu": "µ", "Omega": "Ω", "degree": "°", "circ": "°", "times": " × ", "cdot": " · ", "pm": " ± ", "alpha": "α",
    "beta": "β", "theta": "θ", "lambda": "λ", "sigma": "σ", "sim": "~", "approx": "≈", "leq": "≤", "geq": "≥",
    "le": "≤", "ge": "≥", "textmu": "µ", "textdegree": "°", "celsius": "°C", "textendash": "–", "ldots": "…",
    "angstrom": "Å", "AA": "Å", "micro": "µ", "milli": "m", "kilo": "k", "nano": "n", "centi": "c", "gram": "g",
    "metre": "m", "meter": "m", "ampere": "A", "volt": "V", "watt": "W", "hour": "h", "second": "s", "pascal": "Pa",
    "mega": "M", "percent": "%", "ohm": "Ω", "siemens": "S", "joule": "J", "newton": "N", "kelvin": "K", "mg": "mg",
    "kg": "kg", "ug": "µg", "cm": "cm", "mm": "mm", "um": "µm", "nm": "nm", "mA": "mA", "uA": "µA", "mV": "mV",
    "kV": "kV", "mL": "mL", "uL": "µL", "kPa": "kPa", "MPa": "MPa", "GPa": "GPa", "mW": "mW", "kW": "kW",
    "newline": "\n", "mAh": "mAh", "Ah": "Ah", "Wh": "Wh", "hl": "", "dots": "...", "leqslant": "≤", "geqslant": "≥",
    "Delta": "Δ", "delta": "δ", "rho": "ρ", "eta": "η", "phi": "φ", "varphi": "φ", "gamma": "γ", "epsilon": "ε",
    "varepsilon": "ε", "tau": "τ", "omega": "ω", "pi": "π", "textgreek": "", "rightarrow": "→", "to": "→",
    "liter": "L", "litre": "L", "mol": "mol", "mole": "mol", "minute": "min", "bar": "bar", "hertz": "Hz", "day": "d",
    "pico": "p", "giga": "G", "coulomb": "C", "eV": "eV", "electronvolt": "eV", "si": "", "prime": "′", "infty": "∞",
    "quad": " ", "mid": "|", "textbar": "|", "vert": "|", "textless": "<", "textgreater": ">", "textasciitilde": "~",
    "textminus": "−", "textperiodcentered": "·", "textmultiply": "×", "textpm": "±",
}  # fmt: skip
_DROP = frozenset(
    {
        *("cite", "citep", "citet", "citenum", "ref", "eqref", "label", "footnotemark", "footnote", "rowcolor"),
        *("cellcolor", "color", "vspace", "hspace", "includegraphics", "bibliography", "bibliographystyle", "phantom"),
        *("hphantom", "vphantom", "usepackage", "thispagestyle", "pagestyle", "setlength", "index", "todo"),
    }
)
_RAISED = {"textsuperscript": "^", "textsubscript": "_", "tnote": "^", "textsuper": "^", "tablefootnote": "^"}
_POWERS = {"square": 2, "cubic": 3}
_PREFIX = r"(?:milli|micro|kilo|nano|centi|mega|pico|giga)"
_BEFORE = {"squared": "square", "cubed": "cubic"}  # siunitx writes both: metre squared, square metre
_BEHIND = re.compile(rf"((?:\\{_PREFIX}\s*)?\\[a-z]+)\s*\\(squared|cubed)(?![a-z])")
_PER = re.compile(rf"\\per\s*(?:\\(square|cubic)\s*)?\\?({_PREFIX}\s*\\?[A-Za-z]+|[A-Za-z]+)")
_TOKEN = re.compile(r"\\([A-Za-z]+)\*?\s*|\\[^A-Za-z]|[{}]|[^\\{}]+", re.DOTALL)


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
    text = _without_groups(text)
    text = re.sub(r"\\([%&_#${}])", r"\1", text).replace("\\,", " ").replace("\\ ", " ").replace("\\;", " ")
    return re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", text)).strip()


def _without_groups(text: str) -> str:
    """The text without braces, but for those of raised and lowered parts."""
    kept: list[bool] = []
    pieces = []
    for index, sign in enumerate(text):
        escaped = text[index - 1 : index] == "\\"
        if sign == "{" and not escaped:
            kept.append(index > 0 and text[index - 1] in "^_")
            pieces.append(sign if kept[-1] else "")
        elif sign == "}" and not escaped:
            pieces.append(sign if kept and kept.pop() else "")
        else:
            pieces.append(sign)
    return "".join(pieces)


def _commands(text: str) -> str:
    """Replace known commands; an unknown one leaves its argument."""
    text = re.sub(r"\\(?:textcolor|colorbox)\*?\s*\{[^{}]*\}", "", text)
    text = re.sub(r"\\(?:SI|qty)(?:\[[^\]]*\])?\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1 \2", text)
    text = re.sub(r"\\(?:SI|qty)range(?:\[[^\]]*\])?\{([^{}]*)\}\{([^{}]*)\}\{([^{}]*)\}", r"\1 to \2 \3", text)
    text = re.sub(r"\\(?:si|unit|num|ang)(?:\[[^\]]*\])?\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\t?d?frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", text)
    text = _BEHIND.sub(lambda m: f"\\{_BEFORE[m.group(2)]}{m.group(1)}", text)
    text = _PER.sub(_per, text)
    text = re.sub(
        r"\\(square|cubic)\s*((?:\\[A-Za-z]+\s*){1,2})", lambda m: f"\\ {_power(m.group(2), _POWERS[m.group(1)])}", text
    )
    text = re.sub(
        r"(?<=[a-z])\s*\\(?=(?:milli|micro|kilo|nano|centi|mega)?(?:ampere|volt|watt|hour|gram|metre|meter|second|siemens|ohm|joule|kelvin|pascal)\b)",
        r"\\",
        text,
    )
    return _resolved(text)


def _resolved(text: str) -> str:
    """The text with its commands resolved from the inside out, in one pass, so that the time is linear."""
    open_groups: list[_Group] = [_Group("", [])]
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        piece, place = (match[0], match.end()) if match else (text[place], place + 1)
        name = match[1] if match else None
        if name and name not in _SIGNS and text[place : place + 1] == "{":
            open_groups.append(_Group(name, []))
            place += 1
        elif name:
            open_groups[-1].pieces.append(_SIGNS.get(name, ""))
        elif piece == "{":
            open_groups.append(_Group(None, []))
        elif piece == "}" and len(open_groups) > 1:
            closed = open_groups.pop()
            open_groups[-1].pieces.append(closed.text("}"))
        else:
            open_groups[-1].pieces.append(piece)
    while len(open_groups) > 1:
        closed = open_groups.pop()
        open_groups[-1].pieces.append(closed.text(""))
    return "".join(open_groups[0].pieces)


class _Group(NamedTuple):
    """An open brace: the command that it belongs to (None for none), and what was read in it."""

    name: str | None
    pieces: list[str]

    def text(self, end: str) -> str:
        """What the group leaves, with the brace that ended it."""
        inner = "".join(self.pieces)
        if self.name is None:
            return f"{{{inner}{end}"
        if self.name in _RAISED:
            return f"{_RAISED[self.name]}{{{inner}}}"
        return "" if self.name in _DROP else inner


def _per(match: re.Match[str]) -> str:
    """``\\per\\square\\centi\\metre`` is cm to the minus second."""
    return f"\\ {_power(match.group(2), -_POWERS.get(match.group(1) or '', 1))}"


def _power(words: str, power: int) -> str:
    symbol = "".join(_unit(word) for word in re.findall(r"[A-Za-z]+", words))
    return f"{symbol}^{{{power}}}"


def _unit(word: str) -> str:
    return _SIGNS.get(word, word)
