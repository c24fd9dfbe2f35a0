"""Settings of the diffraction analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from halfcell.core.errors import InputError
from halfcell.core.settings import CheckedSettings
from halfcell.maths.powder.instrument import Instrument


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a diffractogram is analysed.

    Parameters
    ----------
    phases
        Names of the phases in the sample (`halfcell.materials`); by default the analysis identifies them.
    phases_folder
        A folder with CIF files of your own: the name of each file is that of a phase, which `phases`, `candidates` and
        the search by elements then know.
    carbon
        Whether turbostratic carbon is in the sample: d002, Lc and La from its (002) line and two-dimensional bands.
    elements
        If no phases are set: the elements that can be in the sample; phases made of them are candidates.
    composition_wt_percent
        Composition of the sample, from the table of samples. If neither phases, elements nor candidates are set, phases
        of its elements, of oxygen and of the elements of the holder are searched. If lines stay unexplained, all phases
        are searched, and those outside the composition are doubted.
    candidates
        If no phases are set: the candidates by name, instead of by elements.
    instrument
        A file: a line-profile standard measured on the same instrument, whose widths are removed from those of the
        sample. Without one every size is a lower bound and is marked ``uncorrected``.
    standard
        Phase of that standard; by default that of LaB6, Si and corundum which fits its scan.
    standard_size_nm
        Size of the crystallites of that standard (L_V in nm, by its certificate); by default they are large.
    shape_factor
        K of the Scherrer equation, conventionally 0.9 for the full width at half maximum.
    scherrer_lines
        Indices of the lines from which the Scherrer size is taken; by default the three strongest of the phase that
        are apart from those of other phases.
    strain
        ``auto`` frees the microstrain of a phase if its lines reach far enough and the fit improves significantly,
        ``free`` always does, ``none`` never.
    aberration
        What shifts all lines: a displaced specimen, a wrong zero, or nothing. They cannot be distinguished in the range
        of a laboratory scan: ``auto`` fits a displaced specimen, and cell lengths are the mean over a displaced
        specimen, a wrong zero and a transparent specimen, with their spread.
    cell_tolerance_percent
        How far a cell length may be from its reference (two standard deviations of the prior).
    orientation
        ``auto`` gives a phase a preferred orientation (March-Dollase, on the face that describes its lines best) if the
        fit improves significantly, ``none`` never.
    texture_percent
        How far the intensity of a line may be from the calculated one (one standard deviation).
    grain_um
        Diameter of the grains of each phase in micrometres: weight shares are corrected for the absorption in them
        (Brindley).
    spike
        A crystalline standard that was weighed into the powder: its phase and its weight in per cent of the mixture.
        Gives the amorphous share of the sample.
    amorphous
        Elements (Si, Sn) of which the largest amorphous share is given that would not be seen.
    background_degree
        Degree of the Chebyshev polynomial; by default the data decide.
    halos
        ``auto`` adds amorphous halos to the background if the fit improves significantly.
    humps_degree
        Angles at which amorphous halos are expected (amorphous tin 31.5, carbon 24, Kapton 20).
    holder
        Phases of holder and current collector (Cu, Al, steel): their lines are fitted, and they are no part of the
        weight shares. In a series of states they are present in every state, and amounts are relative to theirs.
    absent
        Phases whose absence is to be shown, by the largest crystalline weight share that would not be seen.
    absent_size_nm
        Crystallite size (L_V) for which this limit holds; smaller crystallites are harder to see.
    divergence_slit
        ``fixed``, or ``automatic`` for one that opens with the angle to keep the irradiated length; by default what the
        file says, and fixed where it says nothing.
    low_degree, high_degree
        Range of 2theta that is used; by default the whole scan.
    wavelength_angstrom
        First wavelength, if the file does not state it or states a wrong one; Cu K-alpha by default.
    wavelength_ratio
        Ratio of K-alpha-2 to K-alpha-1, if that in the file is wrong: 0 behind a monochromator that removes K-alpha-2.
    """

    phases: tuple[str, ...] = ()
    phases_folder: Mapping[str, str] | str = ""
    carbon: bool = False
    elements: tuple[str, ...] = ()
    composition_wt_percent: Mapping[str, float] = field(default_factory=dict)
    candidates: tuple[str, ...] = ()
    instrument: Instrument | str | None = None
    standard: str = ""
    standard_size_nm: float | None = None
    shape_factor: float = 0.9
    scherrer_lines: tuple[str, ...] = ()
    strain: Literal["auto", "free", "none"] = "auto"
    aberration: Literal["auto", "displacement", "zero", "none"] = "auto"
    cell_tolerance_percent: float = 0.5
    orientation: Literal["auto", "none"] = "auto"
    texture_percent: float = 10.0
    grain_um: Mapping[str, float] = field(default_factory=dict)
    spike: Mapping[str, float] = field(default_factory=dict)
    amorphous: tuple[Literal["Si", "Sn"], ...] = ()
    background_degree: int | None = None
    halos: Literal["auto", "none"] = "auto"
    humps_degree: tuple[float, ...] = ()
    holder: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    absent_size_nm: float = 10.0
    divergence_slit: Literal["file", "fixed", "automatic"] = "file"
    low_degree: float | None = None
    high_degree: float | None = None
    wavelength_angstrom: float | None = None
    wavelength_ratio: float | None = None

    def wrong_words(self) -> tuple[tuple[str, InputError], ...]:
        """Phases that neither halfcell nor the author's folder has."""
        from halfcell.materials.phases import phases, unknown_phase

        if isinstance(self.phases_folder, str) and self.phases_folder:
            return ()
        known = {*phases(), *(self.phases_folder or {})}
        named = (("phases", self.phases), ("candidates", self.candidates))
        return tuple((key, unknown_phase(name, known)) for key, names in named for name in names if name not in known)
