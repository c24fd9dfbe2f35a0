"""The kind of a cell, from the words around a number: it decides how an efficiency is formed; the number does not."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from halfcell.core import material_names
from halfcell.core.sample import CellKind
from halfcell.materials.couples import components, couple, known_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

_PART = r"[^\s|,;()]{1,60}"
_CELL_NAME = re.compile(rf"{_PART}(?:\|{_PART}(?: (?!and\b|or\b|with\b|versus\b|vs\b){_PART})?)?\|{_PART}")
_SOLID = re.compile(r"\basslbs?\b|\ball.solid.state\b|\bsolid.state\b", re.IGNORECASE)
_FULL = re.compile(r"\bfull[ -]?cells?\b|\bpouch cells?\b", re.IGNORECASE)
_HALF = re.compile(r"\bhalf[ -]?cells?\b", re.IGNORECASE)
_SYMMETRIC = re.compile(r"\bsymmetric\b", re.IGNORECASE)
_ANODE = re.compile(r"\banodes?\b|\bnegative electrodes?\b", re.IGNORECASE)
_CATHODE = re.compile(r"\bcathodes?\b|\bpositive electrodes?\b", re.IGNORECASE)
_CATHODE_NAME = re.compile(
    r"^(li)?(ncm|nmc|nca|ncma|lco|lno|lfp|lmo|lnmo|lmfp|licoo2|linio2|lifepo4|limn2o4|lmno|n\d\dc\d)"
)


@cache
def cells_named(text: str) -> tuple[material_names.Parts, ...]:
    """The cells that a text names as ``anode|cathode`` or ``anode|electrolyte|cathode``."""
    found = []
    for word in _CELL_NAME.findall(text):
        cell = material_names.parts(word.strip(" .:;"))
        if cell and cell not in found:
            found.append(cell)
    return tuple(found)


def is_cathode(name: str) -> bool:
    """Whether a material is a known cathode material, or a composite of one."""
    parts = [couple(part) for part, _ in components(name)]
    known = any(part is not None and part.role == "cathode" for part in parts)
    known = known or any(host.role == "cathode" for host, _ in known_parts(name))
    return known or bool(_CATHODE_NAME.match(material_names.key(name)))


def is_anode(name: str) -> bool:
    """Whether a material is a known anode material, or a composite of such ones."""
    whole = couple(name)
    parts = [whole] if whole else [couple(part) for part, _ in components(name)]
    return any(part is not None and part.role == "anode" for part in parts) and not is_cathode(name)


@cache
def cell_of(name: str) -> material_names.Parts | None:
    """The parts of a cell name; one that begins with its cathode (``LFP|Gr``) is turned round."""
    cell = material_names.parts(name)
    if cell is None or not is_cathode(cell.anode) or is_cathode(cell.cathode):
        return cell
    return material_names.Parts(cell.cathode, cell.electrolyte, cell.anode)


def kind_of(caption: str, words: Mapping[str, str], subject: str) -> CellKind | None:
    """The kind of a cell; None if no words tell it.

    A row with a cathode, or under a caption with "full cell", is a full cell. "Half cell", or a caption about anodes
    only, makes it an anode half cell; a caption about cathodes only a cathode half cell. Solid-state cells are those
    that are called so.

    Parameters
    ----------
    caption
        Caption of the table.
    words
        The cells of the row that hold words, by quantity.
    subject
        The name of the row.
    """
    solid = bool(_SOLID.search(caption)) or bool(words.get("solid_electrolyte"))
    full = bool(_FULL.search(caption)) or bool(words.get("cathode")) or _names_full_cell(subject)
    if _SYMMETRIC.search(caption):
        return CellKind.SYMMETRIC
    if full:
        return CellKind.ASSLB if solid else CellKind.FULL
    anode, cathode = bool(_ANODE.search(caption)) or "anode" in words, bool(_CATHODE.search(caption))
    if is_cathode(subject) or (cathode and not anode):
        return CellKind.CATHODE_HALF
    if anode or _HALF.search(caption):
        return CellKind.ASSLB_HALF if solid else CellKind.HALF
    return None


def _names_full_cell(subject: str) -> bool:
    """Whether the name of a row is that of a cell with a cathode."""
    cell = cell_of(subject)
    return bool(cell and is_cathode(cell.cathode))
