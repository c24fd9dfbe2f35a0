"""List the font families that figures can use on this machine, and where their files are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.render.style import FONT

if TYPE_CHECKING:
    from collections.abc import Iterable


def installed_fonts() -> tuple[str, ...]:
    """Return the names of the families that matplotlib finds, in alphabetical order."""
    from matplotlib import font_manager

    return tuple(sorted({entry.name for entry in font_manager.fontManager.ttflist}))


def usable_fonts(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the wanted families that are installed, and after them the one that always is."""
    known = set(installed_fonts())
    return (*(name for name in wanted if name in known and name != FONT), FONT)


def font_file(family: str) -> str:
    """Return the file with the upright letters of a family."""
    from matplotlib import font_manager

    return str(font_manager.findfont(font_manager.FontProperties(family=family)))


def replacement(wanted: tuple[str, ...]) -> str:
    """Return what to say of fonts of which none is installed; empty if one is, or none is wanted."""
    if not wanted or set(wanted) & set(installed_fonts()):
        return ""
    several = f"{', '.join(wanted[:-1])} or {wanted[-1]}" if len(wanted) > 1 else wanted[0]
    return f"{several} is not installed on this machine: figures are in {FONT}"


def font_folders(families: Iterable[str]) -> tuple[Path, ...]:
    """Return the folders with the files of some families, in alphabetical order."""
    from matplotlib import font_manager

    wanted = set(families)
    return tuple(
        sorted({Path(entry.fname).parent for entry in font_manager.fontManager.ttflist if entry.name in wanted})
    )
