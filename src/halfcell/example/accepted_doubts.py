"""Doubts that the example study accepts, each with the reason that its documents print as a footnote."""

from __future__ import annotations

from typing import NamedTuple


class AcceptedDoubt(NamedTuple):
    """An ``[[accept]]`` of study.toml: the code of a note, and why it stands."""

    code: str
    reason: str


_TRACE = "Areas below 5 m2/g are compared with each other only; their uncertainty allows for the dose."
ACCEPTED = (
    AcceptedDoubt(
        "phase_by_chance", "The phases are those of the powders that were milled, which XRD shows (Fig. S11)."
    ),
    AcceptedDoubt("tied_phases", "The phases are those of the powders that were milled, which XRD shows (Fig. S11)."),
    AcceptedDoubt(
        "optics", "The export states no optical constants; only powders measured in the same way are compared."
    ),
    AcceptedDoubt("hidden_particles", "Laser diffraction of the same powder stands beside the picture."),
    AcceptedDoubt("overlap", "Sizes are those of the whole pattern, not of single lines."),
    AcceptedDoubt("absorption_contrast", "Only which phases are present is used, not their shares."),
    AcceptedDoubt("no_scherrer_size", "The size of the whole pattern stands in its place."),
    AcceptedDoubt("small_area", _TRACE),
    AcceptedDoubt("no_plateau", _TRACE),
    AcceptedDoubt("no_t_plot", "No micropores are claimed."),
    AcceptedDoubt("bjh_above_bet", "Pore sizes are compared among the powders, not their areas."),
    AcceptedDoubt("rests_on", "The figure shows a use of the cell; the card names the source of each value."),
    AcceptedDoubt("drift_unknown", "One record of twenty; its drift is in the uncertainty."),
    AcceptedDoubt("truncated_unloading", "One record of twenty; what is extrapolated is in the uncertainty."),
    AcceptedDoubt("ideal_tip_shallow", "Energies are areas below the curve, which need no area of the tip."),
    AcceptedDoubt("crush", "Silicon was crushed: no elastic part is given for it."),
    AcceptedDoubt("amorphous_not_seen", "Nothing is said of an amorphous share of the silicon powder."),
    AcceptedDoubt("cross_section_ratio_unknown", "Amorphous shares are given as area fractions of the Raman bands."),
    AcceptedDoubt("size_model_range", "Sizes are those of X-ray diffraction; the spectrum shows the shift alone."),
    AcceptedDoubt("heating_or_stress", "Sizes are those of X-ray diffraction; the spectrum shows the shift alone."),
    AcceptedDoubt(
        "couple_ambiguous", "At 3 mV/s peaks are shifted; couples are named from slow sweeps of the literature."
    ),
    AcceptedDoubt(
        "coarse_peaks",
        "Peaks of graphite are a few records wide; only potentials of voltammograms are compared.",
    ),
    AcceptedDoubt(
        "couple_unknown", "At 3 mV/s peaks are shifted; couples are named from slow sweeps of the literature."
    ),
)
