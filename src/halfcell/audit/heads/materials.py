"""Names of materials in heads: what may stand there without being a word of the lexicon."""

from __future__ import annotations

import re

ELEMENT_RATIO = re.compile(
    r"^(?:(?:atomic|molar|atom|at\.?) )?([A-Z][a-z]?) ?[/:∶] ?([A-Z][a-z]?)(?: (?:atomic |molar )?ratio)?$"
)
_ELEMENTS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb "
    "Mo Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi"
)
ELEMENTS = frozenset(_ELEMENTS.split())
_SYMBOL = "|".join(sorted(ELEMENTS, key=len, reverse=True))
_FORMULA = re.compile(rf"^(?:(?:{_SYMBOL})\d*(?:\.\d+)?[+]?)+$")
_KNOWN = {
    "NCM", "NMC", "NCA", "LCO", "LFP", "LMO", "LTO", "LNMO", "LMFP", "LNO", "NVP", "LPSC", "LPSCl", "LGPS", "LLZO",
    "LLZTO", "LATP", "LAGP", "HC", "MCMB", "CNT", "rGO", "GO", "PVDF", "CMC", "SBR", "PAA", "AB",
    "VGCF", "FEC", "VC", "Gr", "PTFE", "SPAN", "PAN", "KB", "PEO", "PEDOT", "PANI", "PPy", "PMMA", "PVA", "PVP",
    "LiTFSI", "LiFSI", "LiBOB", "LiDFOB", "NASICON", "MXene", "SWCNT", "MWCNT", "CNF", "DEC", "DMC", "EMC", "DOL",
    "DME",
}  # fmt: skip
_WORDS = (
    "graphite silicon sulfur sulphur lithium sodium potassium tin germanium phosphorus antimony copper aluminium "
    "aluminum graphene nanotubes titania silica alumina magnesium zinc nickel cobalt manganese iron oxygen nitrogen "
    "hydrogen fluorine chlorine"
)
WORDS = frozenset(_WORDS.split())
_OF = re.compile(
    r"\b(?:mass|weight|loading|thickness|density|capacity|fraction|content|diameter|area|voltage|potential) of "
    r"(?:the )?(.+)",
    re.IGNORECASE,
)


def is_material(word: str, single: bool = False) -> bool:
    """Whether a word with its case is a formula or a known short name; single letters only if `single`."""
    bare = word.strip(".")
    if len(bare) < 2:
        return single and bare in ELEMENTS
    if bare in _KNOWN or bare.lower() in WORDS or re.fullmatch(r"(?:NCM|NMC|NCA|LFP|LPSC)\d*l?", bare):
        return True
    return bool(_FORMULA.match(bare)) and any(letter.isupper() for letter in bare)


def without_composites(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the names of composites in it (``Si/a-Sn/CoSi2/G/C``, ``Si/Sn-16``, ``Si@C``), and these names."""
    found = tuple(word for word in re.findall(r"\S+", text) if _is_composite(word))
    for word in found:
        text = text.replace(word, " ", 1)
    return text, found


def _is_composite(word: str) -> bool:
    parts = [part for part in re.split(r"[/@|]", word.strip("()[],;")) if part]
    if len(parts) < 2 and not re.fullmatch(r"[A-Za-z0-9]+-\d+(?:\.\d+)?", word):
        return False
    bare = [re.sub(r"^(?:[aAcnβα]|nano|µm|Col|p)-|-\d+(?:\.\d+)?$", "", part) for part in parts]
    return all(is_material(part, single=True) or part == "G" for part in bare) and any(
        is_material(part) for part in bare
    )


def target_of(text: str, materials: tuple[str, ...]) -> str:
    """The material that a head is about: behind "of", else the one that it names."""
    match = _OF.search(text)
    if match:
        return match.group(1).strip()
    return materials[0] if materials else ""
