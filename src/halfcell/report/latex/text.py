"""Texts in LaTeX: special characters escaped, markup and symbols as commands that every engine knows."""

from __future__ import annotations

import re
from typing import Final

from halfcell.core import markup

_ESCAPED: Final = {
    **{letter: f"\\{letter}" for letter in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_GREEK: Final = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "θ": "theta",
    "λ": "lambda",
    "μ": "mu",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "χ": "chi",
    "ω": "omega",
    "Δ": "Delta",
    "Ω": "Omega",
    "η": "eta",
    "ν": "nu",
    "κ": "kappa",
}
_SYMBOLS: Final = {
    **{letter: f"$\\{name}$" for letter, name in _GREEK.items()},
    "−": "$-$",
    "×": r"$\times$",
    "±": r"$\pm$",
    "·": r"$\cdot$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "≈": r"$\approx$",
    "→": r"$\rightarrow$",
    "∞": r"$\infty$",
    "√": r"$\surd$",
    "≠": r"$\neq$",
    "∂": r"$\partial$",
    "ħ": r"$\hbar$",
    "µ": r"\textmu{}",
    "°": r"\textdegree{}",
    "Å": r"\AA{}",
    "–": "--",
    "—": "---",
    "\u00a0": "~",
    "’": "'",
    "‘": "`",
    "“": "``",
    "”": "''",
    "…": r"\ldots{}",
}
_LETTER: Final = re.compile("|".join(map(re.escape, {**_ESCAPED, **_SYMBOLS})))
_LONG: Final = 12  # letters; longer words may be broken
_BREAK: Final = re.compile(r"(?<=[/+|])(?=.)")
_SPACES: Final = re.compile(r"(\s+)")
_ADDRESS: Final = re.compile(r"(https?://[^\s{}\\^~]+?)([.,;)]*)")
_COMMANDS: Final = {
    "base": "{}",
    "sub": r"\textsubscript{{{}}}",
    "sup": r"\textsuperscript{{{}}}",
    "bold": r"\textbf{{{}}}",
    "italic": r"\textit{{{}}}",
}


def escaped(text: str) -> str:
    """A text without markup."""
    every = {**_ESCAPED, **_SYMBOLS}
    return _LETTER.sub(lambda match: every[match.group()], text)


def rich(text: str, line_break: str = " ") -> str:
    """A text with markup: ``CoSi\\textsubscript{2}``; `line_break` stands for the end of a line.

    Addresses, and long words at ``/`` and ``+``, may be broken over lines.
    """
    whole = max(map(len, markup.plain(text).split()), default=0)  # a formula is one word, with its subscripts
    parts = [_COMMANDS[place].format(_breakable(part, whole)) for part, place in markup.runs(text)]
    return line_break.join("".join(parts).split("\n"))


def _breakable(text: str, longest: int) -> str:
    """A text without markup, part of one with words of up to `longest` letters: long words may be broken."""
    return "".join(_word(word, longest) for word in _SPACES.split(text))


def _word(word: str, longest: int) -> str:
    address = _ADDRESS.fullmatch(word)
    if address:
        return rf"\url{{{address[1]}}}{escaped(address[2])}"
    if longest <= _LONG:
        return escaped(word)
    return r"\allowbreak{}".join(escaped(part) for part in _BREAK.split(word))
