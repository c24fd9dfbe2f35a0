"""Names of materials and cells: a common spelling to compare them, aliases, parts of ``anode|electrolyte|cathode``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_DASH = str.maketrans(
    {"−": "-", "–": "-", "‒": "-", "—": "-", "‐": "-", "‑": "-", "μ": "µ", "∣": "|", "│": "|", "‖": "||"}
)
_NOISE = re.compile(
    r"\b(pristine|bare|pure|commercial|powders?|anodes?|cathodes?|electrodes?|composites?|materials?|nanocomposites?)\b"
)
_ALIASES = {
    "lpsc": "li6ps5cl",
    "lpscl": "li6ps5cl",
    "argyrodite": "li6ps5cl",
    "gr": "graphite",
    "mcmb graphite": "graphite",
    "mcmb": "graphite",
    "silicon": "si",
    "tin": "sn",
    "lfp": "lifepo4",
    "lco": "licoo2",
    "lmo": "limn2o4",
    "lto": "li4ti5o12",
}
_NICKEL_RICH = re.compile(r"^(?:sc-|pc-|li)?(?:nmc|ncm)[- ]*\(?(\d{2,6}|\d\d?[:/]\d\d?[:/]\d\d?)\)?$")
_NICKEL_FORMULA = re.compile(r"^li(?:1\.0+)?\[?\(?((?:(?:ni|co|mn)(?:0?\.\d+|1/3)){3})\)?\]?o2$")
_METAL = re.compile(r"(ni|co|mn)(0?\.\d+|1/3)")


class Parts(NamedTuple):
    """The parts of a cell name; `electrolyte` is empty if the name has two parts."""

    anode: str
    electrolyte: str
    cathode: str


@cache
def tidy(name: str) -> str:
    """The name as printed, on one line: ``"Si/a-Sn\\n/CoSi2"`` -> ``Si/a-Sn/CoSi2``."""
    flat = re.sub(r"\s+", " ", re.sub(r"[\^_]\{([^{}]*)\}", r"\1", name).replace("\xad", "")).strip()
    return re.sub(r"\s*([/|@])\s*", r"\1", flat)


@cache
def key(name: str) -> str:
    """The form in which names are compared: lower case, plain signs, aliases resolved, "pristine" left out."""
    clean = unicodedata.normalize("NFKC", tidy(name)).translate(_DASH).lower()
    clean = re.sub(r"\s+", " ", _NOISE.sub(" ", clean)).strip(" -,.;:")
    nickel = _NICKEL_RICH.match(clean)
    digits = re.sub(r"[:/]", "", nickel.group(1)) if nickel else _shares(clean)
    if digits:
        return "ncm523" if digits == "532" else f"ncm{digits}"
    return _ALIASES.get(clean, clean)


def _shares(formula: str) -> str:
    """The three digits of a formula of nickel, cobalt and manganese: ``lini0.8co0.1mn0.1o2`` -> 811, or nothing."""
    match = _NICKEL_FORMULA.match(formula)
    found = dict(_METAL.findall(match.group(1))) if match else {}
    if set(found) != {"ni", "co", "mn"}:
        return ""
    if all(share.startswith(("1/3", "0.33", ".33")) for share in found.values()):
        return "111"
    tenths = [round(float(found[metal]) * 100) for metal in ("ni", "co", "mn")]
    return "".join(str(share // 10) for share in tenths) if all(share % 10 == 0 for share in tenths) else ""


@cache
def parts(name: str) -> Parts | None:
    """Split ``anode|cathode`` or ``anode|electrolyte|cathode``; None if it is not the name of a cell."""
    pieces = [tidy(piece) for piece in re.split(r"\|+", tidy(name).translate(_DASH))]
    if len(pieces) == 2 and all(pieces):
        return Parts(pieces[0], "", pieces[1])
    if len(pieces) == 3 and all(pieces):
        return Parts(*pieces)
    return None
