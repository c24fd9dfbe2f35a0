r"""A table as LaTeX with siunitx: columns of numbers are ``S``, units ``\unit``; uncertainties stay in brackets.

It needs ``\usepackage{siunitx, booktabs}``. Texts are escaped; what is not a number stands in braces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from halfcell.core.markup import runs

if TYPE_CHECKING:
    from halfcell.core.table import Column, Entry, Table

_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:\(\d+(?:\.\d+)?\))?(?:e[-+]?\d+)?")
_POWER = re.compile(r"(10|[A-Za-zΩµ°%Å]+)(?:\^?\{?([-−]?\d+)\}?)?")
_ESCAPED: Final = {**{c: f"\\{c}" for c in "&%$#_{}"}, "\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
_SIGNS: Final = {"−": "$-$", "–": "--", "—": "---", "±": r"$\pm$", "·": r"$\cdot$", "×": r"$\times$"}
_GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "Delta", "ε": "epsilon", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi",
    "χ": "chi", "ω": "omega", "Ω": "Omega",
}  # fmt: skip
_UNITS: Final = {
    "%": r"\percent", "°": r"\degree", "°C": r"\degreeCelsius", "degC": r"\degreeCelsius", "Å": r"\angstrom",
    "Ω": r"\ohm", "ohm": r"\ohm", "V": r"\volt", "mV": r"\milli\volt", "A": r"\ampere", "mA": r"\milli\ampere",
    "Ah": r"\ampere\hour", "mAh": r"\milli\ampere\hour", "Wh": r"\watt\hour", "mWh": r"\milli\watt\hour",
    "W": r"\watt", "F": r"\farad", "mF": r"\milli\farad", "H": r"\henry", "Hz": r"\hertz", "S": r"\siemens",
    "mS": r"\milli\siemens", "s": r"\second", "min": r"\minute", "h": r"\hour", "K": r"\kelvin", "g": r"\gram",
    "mg": r"\milli\gram", "kg": r"\kilo\gram", "m": r"\metre", "cm": r"\centi\metre", "mm": r"\milli\metre",
    "µm": r"\micro\metre", "um": r"\micro\metre", "nm": r"\nano\metre", "L": r"\litre", "mL": r"\milli\litre",
    "mol": r"\mole", "mmol": r"\milli\mole", "J": r"\joule", "kJ": r"\kilo\joule", "mJ": r"\milli\joule",
    "eV": r"\electronvolt", "meV": r"\milli\electronvolt", "keV": r"\kilo\electronvolt", "Pa": r"\pascal",
    "MPa": r"\mega\pascal", "GPa": r"\giga\pascal", "N": r"\newton", "mN": r"\milli\newton", "1": "",
}  # fmt: skip


def table(shown: Table) -> str:
    r"""The table as a ``tabular`` between three lines, with its notes below it.

    Parameters
    ----------
    shown
        Cells over several rows or columns become ``\multirow`` (package multirow) and ``\multicolumn``.
    """
    numbers = [_is_of_numbers(shown, place) for place in range(len(shown.columns))]
    kinds = "".join("S" if number else "l" for number in numbers)
    head = " & ".join(_head(column, number) for column, number in zip(shown.columns, numbers, strict=True))
    lines = ["% needs \\usepackage{siunitx, booktabs, multirow}"]
    lines += ["% SIMULATED by halfcell: no measurement"] if shown.simulated else []
    lines += [f"\\begin{{tabular}}{{{kinds}}}", r"\toprule", f"{head} \\\\", r"\midrule"]
    lines += [f"{_row(row, numbers)} \\\\" for row in shown.rows]
    lines += [r"\bottomrule", r"\end{tabular}"]
    notes = [*(["simulated data"] if shown.simulated else []), *shown.notes]
    return "\n".join([*lines, *(f"\\par\\footnotesize {text(note)}" for note in notes)]) + "\n"


def _is_of_numbers(shown: Table, place: int) -> bool:
    """Whether a column holds a number that siunitx can align."""
    return any((cell := row[place]) and _NUMBER.fullmatch(cell.text) for row in shown.rows)


def _head(column: Column, number: bool) -> str:
    named = text(column.label) + (f" ({unit(column.unit)})" if column.unit else "")
    return f"{{{named}}}" if number else named


def _row(row: tuple[Entry | None, ...], numbers: list[bool]) -> str:
    cells: list[str] = []
    place = 0
    while place < len(row):
        cell = row[place]
        cells.append(_cell(cell, numbers[place]) if cell else "")
        place += cell.columns if cell else 1
    return " & ".join(cells)


def _cell(cell: Entry, number: bool) -> str:
    is_number = number and _NUMBER.fullmatch(cell.text) is not None and cell.columns == cell.rows == 1
    shown = cell.text.replace("−", "-") if is_number else text(cell.text)
    if is_number:
        return shown
    if cell.rows > 1:
        shown = rf"\multirow{{{cell.rows}}}{{*}}{{{shown}}}"
    if cell.columns > 1:
        return rf"\multicolumn{{{cell.columns}}}{{c}}{{{shown}}}"
    return f"{{{shown}}}" if number else shown


def unit(printed: str) -> str:
    r"""A unit as ``\unit{...}``; one that siunitx has no name for stays a text: ``mAh g^{−1}``, ``wt%``."""
    words = printed.replace("·", " ").replace("/", " /").split()
    found: list[str] = []
    for word in words:
        under, plain = word.startswith("/"), word.lstrip("/")
        match = _POWER.fullmatch(plain)
        name = _UNITS.get(match[1]) if match else None
        if match is None or name is None:
            return text(printed)
        power = int((match[2] or "1").replace("−", "-")) * (-1 if under else 1)
        found.append((r"\per" if power < 0 else "") + _powered(name, abs(power)))
    return rf"\unit{{{''.join(found)}}}"


def _powered(name: str, power: int) -> str:
    """A unit to a power, in the words of siunitx."""
    return {1: "", 2: r"\square", 3: r"\cubic"}.get(power, "") + name + (rf"\tothe{{{power}}}" if power > 3 else "")


def text(marked: str) -> str:
    """A text with the markup of labels, escaped."""
    wraps = {
        "sub": r"\textsubscript{%s}",
        "sup": r"\textsuperscript{%s}",
        "bold": r"\textbf{%s}",
        "italic": r"\textit{%s}",
    }
    return "".join(wraps.get(place, "%s") % "".join(map(_letter, part)) for part, place in runs(marked))


def _letter(letter: str) -> str:
    if letter in _GREEK:
        return f"$\\{_GREEK[letter]}$"
    return _ESCAPED.get(letter) or _SIGNS.get(letter) or letter
