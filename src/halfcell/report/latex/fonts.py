"""The family of letters of a LaTeX document: that of its figures, where the TeX that typesets it has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from halfcell.report.text_font import TextFont

_SANS: Final = r"\renewcommand{\familydefault}{\sfdefault}"
_PACKAGES: Final = {
    "dejavu sans": ("DejaVuSans", _SANS),
    "dejavu serif": ("DejaVuSerif", ""),
    "arial": ("tgheros", _SANS),
    "helvetica": ("tgheros", _SANS),
    "liberation sans": ("tgheros", _SANS),
    "nimbus sans": ("tgheros", _SANS),
    "tex gyre heros": ("tgheros", _SANS),
    "times new roman": ("tgtermes", ""),
    "liberation serif": ("tgtermes", ""),
    "stixgeneral": ("stix2", ""),
}
"""The package of LaTeX that has a family, or one of the same widths, for engines that read no fonts of the system.

Only packages that bring their letters with them: helvet.sty may be there without the metrics that it loads.
"""
_SCALED: Final = frozenset({"DejaVuSans", "tgheros"})  # the packages that take a scale


def font_lines(font: TextFont) -> str:
    """The lines of the preamble that set the text in a family; where TeX has it not, its own letters are kept."""
    package, more = _PACKAGES.get(font.family.lower(), ("", ""))
    other = _loaded("tgheros", font.scale, _SANS, "") if package == "DejaVuSans" else ""
    with_package = _loaded(package, font.scale, more, other) if package else ""
    with_font = rf"\IfFontExistsTF{{{font.family}}}{{\setmainfont[Scale={font.scale:.3f}]{{{font.family}}}}}{{}}"
    return f"\\ifPDFTeX\n{with_package}\n\\else\\usepackage{{fontspec}}\n{with_font}\n\\fi"


def _loaded(package: str, scale: float, more: str, otherwise: str) -> str:
    """Load a package where it is installed; else do something else."""
    option = f"[scaled={scale:.3f}]" if package in _SCALED else ""
    return rf"\IfFileExists{{{package}.sty}}{{\usepackage{option}{{{package}}}{more}}}{{{otherwise}}}"
