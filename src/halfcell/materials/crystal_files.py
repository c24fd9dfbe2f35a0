"""Phases from crystallographic information files (CIF): lattice, space group and sites as they were deposited."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from halfcell.core.errors import InputError
from halfcell.materials.formulas import molar_mass
from halfcell.materials.phases import Phase, phase_from_facts, phases

if TYPE_CHECKING:
    from collections.abc import Mapping

_CELL_SPREAD: Final = 0.005  # relative: a deposited structure may be of another composition or temperature
_AVOGADRO: Final = 0.602214076  # 1e24 / mol: from g/mol per cubic angstrom to g/cm3


def phases_of_folder(folder: Path) -> dict[str, str]:
    """Return the phases of all CIF files of a folder.

    Parameters
    ----------
    folder
        Where the files are.

    Returns
    -------
    dict of str
        Name of the file without suffix -> facts, as text.

    Raises
    ------
    InputError
        If there is no such folder, it holds no CIF file, a file has no complete structure, or a name is taken.

    Source: the files of the author.
    """
    paths = sorted(folder.glob("*.cif")) if folder.is_dir() else []
    if not paths:
        what = "holds no CIF file" if folder.is_dir() else "is no folder"
        raise InputError(f"{folder.name} {what}", hint='phases_folder = "cif", with files such as cif/MyPhase.cif')
    taken = [path.stem for path in paths if path.stem in phases()]
    if taken:
        raise InputError(f"{taken[0]}.cif: a phase of that name is known already", hint="rename the file")
    return {path.stem: facts_of_cif(path.read_text(encoding="utf-8", errors="replace"), path.name) for path in paths}


def facts_of_cif(text: str, name: str) -> str:
    """Return the facts of the first structure in a CIF, as text that is the same for the same structure.

    Parameters
    ----------
    text, name
        Of the file.

    Returns
    -------
    str
        Cell (angstrom, degrees), space group, sites, formula and density (g/cm3), as JSON.

    Raises
    ------
    InputError
        If it is no CIF, or cell, space group or sites are missing.

    Source: S. R. Hall, F. H. Allen, I. D. Brown, Acta Cryst. A47 (1991) 655, for the format.
    """
    import gemmi

    try:
        blocks = list(gemmi.cif.read_string(text))
    except (ValueError, RuntimeError) as error:
        raise InputError(f"no readable CIF: {str(error).splitlines()[0]}", name) from error
    block = next((one for one in blocks if one.find_value("_cell_length_a")), None)
    structure = gemmi.make_small_structure_from_block(block) if block is not None else None
    if block is None or structure is None or not structure.sites or not structure.cell.is_crystal():
        raise InputError("the CIF has no structure with cell and sites", name)
    named: Any = gemmi.find_spacegroup_by_name(structure.spacegroup_hm)
    group = structure.spacegroup if named is None else named
    if group is None:
        raise InputError("the CIF names no space group that is known", name, "_symmetry_space_group_name_H-M")
    facts: dict[str, Any] = {
        "formula": _formula(block),
        "space_group": group.xhm(),
        "cell": [round(value, 6) for value in structure.cell.parameters],
        "sites": [
            [site.element.name, *(round(x, 6) for x in site.fract.tolist()), round(site.occ, 6)]
            for site in structure.sites
        ],
        "source": _source(block, name),
    }
    card = gemmi.cif.as_string(block.find_value("_cod_database_code") or "?")
    facts |= {"cod": int(card)} if card.isdigit() else {}
    facts["formula"] = facts["formula"] or "".join(dict.fromkeys(site[0] for site in facts["sites"]))
    return json.dumps(facts | {"density": round(_density(facts), 4)}, sort_keys=True)


def _formula(block: Any) -> str:
    """The sum formula that the file states."""
    import gemmi

    text = gemmi.cif.as_string(block.find_value("_chemical_formula_sum") or "?")
    return re.sub(r"\s+", "", text) if re.fullmatch(r"[A-Z][A-Za-z0-9. ]*", text) else ""


def _source(block: Any, name: str) -> str:
    """The file, and its card number in the Crystallography Open Database or another one where it is stated."""
    import gemmi

    cards = (("_cod_database_code", "COD"), ("_database_code_amcsd", "AMCSD"), ("_database_code_ICSD", "ICSD"))
    found = [f"{word} {gemmi.cif.as_string(value)}" for tag, word in cards if (value := block.find_value(tag))]
    return ", ".join([name, *found])


def _density(facts: Mapping[str, Any]) -> float:
    """Density (g/cm3) from the atoms of the cell."""
    import gemmi

    from halfcell.materials.reflections import atoms

    one = phase_from_facts("", {**facts, "density": 0.0, "status": "N"})
    mass = sum(atom.occupancy * molar_mass(atom.element) for atom in atoms(one))
    return float(mass / (_AVOGADRO * gemmi.UnitCell(*one.cell).volume))


@cache
def phase_of_facts(name: str, facts: str) -> Phase:
    """The phase of facts that `facts_of_cif` gave.

    Parameters
    ----------
    name
        Of the phase.
    facts
        As `facts_of_cif` gave them.

    Returns
    -------
    Phase
        Lattice, space group and sites.

    Source: the file of the author.
    """
    return phase_from_facts(name, {**json.loads(facts), "cell_spread": _CELL_SPREAD, "status": "N"})
