"""List the font families that figures can use on this machine."""

from __future__ import annotations


def installed_fonts() -> tuple[str, ...]:
    """Return the names of the families that matplotlib finds, in alphabetical order."""
    from matplotlib import font_manager

    return tuple(sorted({entry.name for entry in font_manager.fontManager.ttflist}))
