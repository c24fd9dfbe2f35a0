"""Settings of an X-ray (EDX) analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a spectrum or a map is analysed.

    Parameters
    ----------
    elements
        Elements whose lines are fitted; by default those that the file states.
    not_counted
        Elements that are fitted because their lines are there, but that are not part of the sample: C and Cu of a grid,
        C of a coating.
    sample
        ``bulk`` for a flat, thick sample in a SEM, ``thin`` for a film in a TEM; empty: intensities and ratios only.
    k_factors
        Cliff-Lorimer factors of a thin film by mass, e.g. ``["Fe Ka = 1.450", "Pt La = 5.076"]``.
    k_factor_uncertainty_percent
        Standard uncertainty of each factor; 15 for calculated ones, 2 to 5 for measured ones.
    standards
        A folder with spectra of standards of known composition, recorded as the sample was. A composition is taken from
        the file's head, or from its name where that begins with a formula (``MgO std.msa``).
    oxides
        Oxides, e.g. ``["MgO", "Al2O3", "FeO"]``: oxygen then follows from the elements, and is not measured.
    tail
        Whether the shape of a standard's line ends at 4.3 standard deviations, or reaches as far as its tail.
    reported
        Amounts that the instrument's software printed, e.g. ``["Si = 45.2 wt%", "O = 51.4 wt%"]``, where the file holds
        none: carried as reported, beside what is computed here.
    beam_kilovolt, take_off_degree
        Beam energy and take-off angle, where the file states none or wrong ones.
    blocks
        Edges of the blocks of a map, in pixels, in which inhomogeneity is computed; correlations use the first.
    line
        A line across a map along which counts are shown: column and row of its ends and its width, in pixels.
    """

    elements: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    sample: Literal["", "bulk", "thin"] = ""
    k_factors: tuple[str, ...] = ()
    k_factor_uncertainty_percent: float = 15.0
    standards: Mapping[str, str] | str = ""
    oxides: tuple[str, ...] = ()
    tail: Literal["line", "whole"] = "line"
    reported: tuple[str, ...] = ()
    beam_kilovolt: float | None = None
    take_off_degree: float | None = None
    blocks: tuple[int, ...] = (8, 2, 4, 16, 32)
    line: tuple[float, float, float, float, float] | None = None
