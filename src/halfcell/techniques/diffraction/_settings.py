"""Settings of the diffraction analysis."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.maths.powder.instrument import Instrument


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a diffractogram is analysed.

    Parameters
    ----------
    phases
        Names of the phases to look at (`halfcell.materials`).
    instrument
        A file: a line-profile standard measured on the same instrument; its widths are taken out of the sample's.
        Without one every size is a lower bound and is marked ``uncorrected``.
    standard
        Phase of that standard.
    shape_factor
        K of the Scherrer equation, 0.9 by custom for the full width at half maximum.
    scherrer_lines
        Indices of the lines the Scherrer size is taken from.
    low_degree, high_degree
        Range of 2theta that is used; None takes the whole scan.
    wavelength_angstrom
        First wavelength where the file names none or a wrong one; Cu K-alpha by default.
    wavelength_ratio
        K-alpha-2 over K-alpha-1 where the file is wrong about it: 0 behind a monochromator that takes K-alpha-2 out.
    """

    phases: tuple[str, ...] = ("Si",)
    instrument: Instrument | str | None = None
    standard: str = "LaB6"
    shape_factor: float = 0.9
    scherrer_lines: tuple[str, ...] = ("111", "220", "311")
    low_degree: float | None = None
    high_degree: float | None = None
    wavelength_angstrom: float | None = None
    wavelength_ratio: float | None = None
