"""Settings of the diffraction analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from halfcell.maths.powder.instrument import Instrument


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a diffractogram is analysed.

    Parameters
    ----------
    phases
        Names of the phases in the sample (`halfcell.materials`); none lets the analysis identify them.
    carbon
        Whether turbostratic carbon is in the sample: d002, Lc and La from its (002) line and two-dimensional bands.
    elements
        Where no phases are named: the elements that can be in the sample; phases made of them are candidates.
    composition_wt_percent
        The sample's composition, from the table of samples: its elements, oxygen and those of the holder are taken
        where neither phases, elements nor candidates are named. Where they leave lines open all phases are searched,
        and what is found outside the composition is doubted.
    candidates
        Where no phases are named: the candidates by name, instead of by elements.
    instrument
        A file: a line-profile standard measured on the same instrument; its widths are taken out of the sample's.
        Without one every size is a lower bound and is marked ``uncorrected``.
    standard
        Phase of that standard; without a name that of LaB6, Si and corundum which its scan fits.
    shape_factor
        K of the Scherrer equation, 0.9 by custom for the full width at half maximum.
    scherrer_lines
        Indices of the lines the Scherrer size is taken from.
    strain
        ``auto`` frees the microstrain of a phase where its lines reach far enough and the data ask for it, ``free``
        always, ``none`` never.
    aberration
        What shifts the lines together: a displaced specimen, a wrong zero, or nothing. Never both: they are one
        parameter on a laboratory's range of angles.
    cell_tolerance_percent
        How far a cell length may be from its reference (two standard deviations of the prior).
    texture_percent
        How far a line's intensity may be from the calculated one (one standard deviation).
    background_degree
        Degree of the Chebyshev polynomial; None lets the data choose.
    halos
        ``auto`` adds amorphous halos to the background where the data ask for them.
    humps_degree
        Angles where an amorphous halo is expected (amorphous tin 31.5, carbon 24, Kapton 20).
    holder
        In a series of states: phases of holder and collector, there in every state; amounts are set against theirs.
    absent
        Phases whose absence is to be shown: the largest crystalline weight share that would go unseen.
    absent_size_nm
        Crystallite size (L_V) for which that is asked; smaller ones hide more.
    low_degree, high_degree
        Range of 2theta that is used; None takes the whole scan.
    wavelength_angstrom
        First wavelength where the file names none or a wrong one; Cu K-alpha by default.
    wavelength_ratio
        K-alpha-2 over K-alpha-1 where the file is wrong about it: 0 behind a monochromator that takes K-alpha-2 out.
    """

    phases: tuple[str, ...] = ()
    carbon: bool = False
    elements: tuple[str, ...] = ()
    composition_wt_percent: Mapping[str, float] = field(default_factory=dict)
    candidates: tuple[str, ...] = ()
    instrument: Instrument | str | None = None
    standard: str = ""
    shape_factor: float = 0.9
    scherrer_lines: tuple[str, ...] = ("111", "220", "311")
    strain: Literal["auto", "free", "none"] = "auto"
    aberration: Literal["displacement", "zero", "none"] = "displacement"
    cell_tolerance_percent: float = 0.5
    texture_percent: float = 10.0
    background_degree: int | None = None
    halos: Literal["auto", "none"] = "auto"
    humps_degree: tuple[float, ...] = ()
    holder: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    absent_size_nm: float = 10.0
    low_degree: float | None = None
    high_degree: float | None = None
    wavelength_angstrom: float | None = None
    wavelength_ratio: float | None = None
