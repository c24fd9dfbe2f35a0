"""The refined unit cells of a diffraction result as CIF: lengths with their uncertainties, space group, wavelength.

Atoms are those of the literature that the analysis used; they were not refined, and the file says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.materials.phases import phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from halfcell.core.quantity import Quantity
    from halfcell.core.result import Result
    from halfcell.materials.phases import Phase

_END = ".lattice_a"
MARK = "simulated by halfcell"


def cif(results: Sequence[Result]) -> str:
    """One data block per result and phase with a refined cell.

    Raises
    ------
    InputError
        If no result has a refined cell.
    """
    blocks = [
        _block(result, name.removesuffix(_END), number)
        for number, result in enumerate(results, start=1)
        for name in result.quantities
        if name.endswith(_END) and result.technique == "diffraction" and not name.startswith("carbon")
    ]
    if not blocks:
        raise InputError("no refined cell in the results", hint="analyse a pattern by diffraction, with its phases")
    return "#\\#CIF_1.1\n# written by halfcell\n" + "\n".join(blocks)


def _block(result: Result, name: str, number: int) -> str:
    known = phase(name)
    lengths = _lengths(result, name, known)
    words = re.sub(r"[^A-Za-z0-9]+", "_", f"{name}_{result.label or number}").strip("_")
    lines = [f"data_{words}"]
    lines += [f"_pd_phase_name {_quoted(name)}", f"_chemical_formula_sum {_quoted(known.formula)}"]
    lines += [f"_cell_length_{axis} {length}" for axis, length in zip("abc", lengths, strict=True)]
    angles = zip(("alpha", "beta", "gamma"), known.cell[3:], strict=True)
    lines += [f"_cell_angle_{angle} {value:g}" for angle, value in angles]
    lines += [f"_space_group_name_H-M_alt {_quoted(known.space_group)}"]
    mark = f" {MARK}: no measurement." if result.simulated else ""
    sources = ", ".join(f"{source.path} (SHA-256 {source.sha256})" for source in result.sources)
    detail = f"Lengths refined from {sources or 'data in memory'} by halfcell.{mark}"
    kept = "Atoms are those of the literature and were not refined." if known.sites else "No atoms are given."
    lines += ["_publ_section_comment", ";", *_folded(f"{detail} {kept} Literature: {known.source}"), ";"]
    return "\n".join([*lines, *_atoms(known)]) + "\n"


def _lengths(result: Result, name: str, known: Phase) -> list[str]:
    """Lengths a, b, c; those that symmetry makes equal are the same."""
    found: list[str] = []
    for place, axis in enumerate("abc"):
        own: Quantity | None = result.quantities.get(f"{name}.lattice_{axis}")
        if own is not None:
            found.append(own.number)
        elif known.cell[place] == known.cell[0]:
            found.append(found[0])
        else:
            raise InputError(f"the length {axis} of {name} was not refined", hint="leave the phase out")
    return found


def _atoms(known: Phase) -> Iterable[str]:
    if not known.sites:
        return
    yield "loop_"
    yield from (f"_atom_site_{key}" for key in ("label", "type_symbol", "fract_x", "fract_y", "fract_z", "occupancy"))
    for number, site in enumerate(known.sites, start=1):
        yield f"{site.element}{number} {site.element} {site.x:g} {site.y:g} {site.z:g} {site.occupancy:g}"


def _quoted(value: Any) -> str:
    return "'" + str(value).replace("'", " ") + "'"


def _folded(words: str) -> list[str]:
    """Lines of at most 80 characters, none of which begins with a semicolon."""
    import textwrap

    ascii_words = words.encode("ascii", "replace").decode()
    return [line.lstrip(";") for line in textwrap.wrap(ascii_words, 80)]
