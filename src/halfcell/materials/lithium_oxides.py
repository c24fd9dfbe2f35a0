"""Layered oxides and olivines by name or formula: what ``NCM83``, ``LiNi0.8Co0.1Mn0.1O2`` and LiMn0.6Fe0.4PO4 hold."""

from __future__ import annotations

import re
from typing import NamedTuple

from halfcell.materials.formulas import composition

LAYERED_METALS = {"Ni", "Co", "Mn", "Al", "Fe", "Ti", "Mg", "Zr"}
OLIVINE_METALS = {"Fe", "Mn", "Co", "Ni", "Mg"}
_NICKEL = re.compile(r"^(?:li)?(?:ncma?|nmca?)-?(\d{2,6})$")
_SYMBOLS = ("Li", "Ni", "Co", "Mn", "Al", "Fe", "Ti", "Mg", "Zr", "P", "O")
_FORMULA = re.compile(r"(?:(li|ni|co|mn|al|fe|ti|mg|zr|p|o)(\d*\.?\d*))+")
_ATOM = re.compile(r"(li|ni|co|mn|al|fe|ti|mg|zr|p|o)(\d*\.?\d*)")
NEAR = 0.06  # by which rounded indices of one formula may miss their sum
_TWO_DIGITS = 2  # as in NCM85: nickel in per cent; longer names have one digit per metal


class Formula(NamedTuple):
    """A formula, the lithium in one unit of it, and the host in the list whose family it belongs to."""

    text: str
    lithium: float
    family: str


def named_formula(key: str) -> Formula | None:
    """The formula behind the comparison key of a name.

    Examples: ``ncm83`` -> Li(Ni0.83Co0.085Mn0.085)O2, ``ncm9055`` -> Li(Ni0.90Co0.05Mn0.05)O2.

    Parameters
    ----------
    key
        As `material_names.key` makes it.

    Returns
    -------
    Formula or None
        None for anything but LiMO2 and LiMPO4.

    Source: definition; two digits are nickel in per cent, with cobalt and manganese alike.
    """
    nickel = _NICKEL.match(key)
    return _of_shares(nickel.group(1)) if nickel else _of_formula(key)


def _of_shares(digits: str) -> Formula | None:
    """The layered oxide whose metals are in these shares: three digits that add up to 10, or a per cent of nickel."""
    shares = _shares(digits)
    if shares is None:
        return None
    text = "Li" + "".join(f"{metal}{share:g}" for metal, share in zip(("Ni", "Co", "Mn"), shares, strict=True)) + "O2"
    return Formula(text, 1.0, "NCM811")


def _shares(digits: str) -> tuple[float, float, float] | None:
    if len(digits) == _TWO_DIGITS:
        nickel = int(digits) / 100
        return (nickel, round((1 - nickel) / 2, 4), round((1 - nickel) / 2, 4)) if nickel >= 1 / 3 else None
    cuts = {3: ((1, 1, 1), 10), 4: ((2, 1, 1), 100), 5: ((2, 2, 1), 100), 6: ((2, 2, 2), 100)}
    lengths, total = cuts[len(digits)]
    ends = [sum(lengths[: i + 1]) for i in range(3)]
    parts = [int(digits[end - length : end]) for end, length in zip(ends, lengths, strict=True)]
    if digits in {"111", "333"}:
        return (1 / 3, 1 / 3, 1 / 3)
    a, b, c = (part / total for part in parts)
    return (a, b, c) if sum(parts) == total else None


def _of_formula(key: str) -> Formula | None:
    """A layered oxide or an olivine that is written as a formula."""
    bare = re.sub(r"[\[\](){}\s]", "", key).replace("1/3", "0.333")
    if not bare.startswith("li") or not _FORMULA.fullmatch(bare):
        return None
    text = "".join(symbol.capitalize() + number for symbol, number in _ATOM.findall(bare))
    atoms = composition(text)
    metals = {symbol: count for symbol, count in atoms.items() if symbol not in {"Li", "O", "P"}}
    lithium, total = atoms["Li"], sum(metals.values())
    if "P" not in atoms and abs(atoms.get("O", 0.0) - 2) < NEAR and set(metals) <= LAYERED_METALS:
        return Formula(text, lithium, "NCM811") if metals and abs(lithium + total - 2) < NEAR else None
    olivine = abs(atoms.get("O", 0.0) - 4) < NEAR and abs(atoms.get("P", 0.0) - 1) < NEAR and abs(total - 1) < NEAR
    return Formula(text, lithium, "LMFP") if olivine and set(metals) <= OLIVINE_METALS and lithium <= 1 + NEAR else None
