"""Settings of the impedance analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.errors import InputError
from halfcell.core.sample import CellKind
from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a spectrum is analysed.

    Parameters
    ----------
    circuit
        A circuit string (in the notation of impedance.py, as CDC, or with ``||``), or ``auto``: the simplest circuit
        that the data determine, of one to three arcs and every tail, by BIC.
    weighting
        ``auto``: by the error structure sigma^2 = a^2 + b^2 \\|Z\\|^2 of the residuals of the Kramers-Kronig model;
        ``modulus``: 1/\\|Z\\| (constant relative noise); ``unit``: all points have the same weight in ohm; ``sigma``:
        by the column ``impedance_std_ohm`` of the file.
    outliers
        ``drop`` leaves out points that no Kramers-Kronig model can follow and names them; ``keep`` fits all points.
    compare
        Whether neighbours of a circuit that was set are fitted too, with a note where one is as good or better.
    lowest_frequency_hertz, highest_frequency_hertz
        The frequency range that is fitted; by default all of it.
    starts
        Number of start values that are tried (four times as many, at random, for circuits that are no plain series).
    quote_limit_percent
        The resistance of an arc is quoted if its relative standard uncertainty is below this limit.
    relaxation_times
        Whether the distribution of relaxation times is computed as well (needs the extra ``drt``).
    area_cm2
        Electrode area, for area-specific resistances.
    diffusion_length_um
        Diffusion length of a finite diffusion element (``Wo``, ``Ws``), for D = L^2/tau.
    molar_volume_cm3, titration_slope_volt
        Molar volume of the host per mole of sites, and dE/dx of the titration curve: with the area, D from ``W``.
    electrode_thickness_um, porosity, electrolyte_conductivity_s_per_cm
        Of a porous electrode, for its tortuosity: from ``Wop`` where the pores block, from ``TLM`` where they react.
    transport_std_percent
        Relative standard uncertainty (%) of what the two lines above state, as it enters the result: of L^2, of
        (V_m dE/dx / A)^2, or of A kappa epsilon/d. Without it transport quantities have no uncertainty.
    kind
        Kind of the cell: tells which electrodes the arcs belong to. In a symmetric cell the area-specific resistance of
        an arc is that of one interface, R A/2.
    """

    circuit: str = "auto"
    weighting: Literal["auto", "modulus", "unit", "sigma"] = "auto"
    outliers: Literal["drop", "keep"] = "drop"
    compare: bool = True
    lowest_frequency_hertz: float | None = None
    highest_frequency_hertz: float | None = None
    starts: int = 6
    quote_limit_percent: float = 2.0
    relaxation_times: bool = False
    area_cm2: float | None = None
    diffusion_length_um: float | None = None
    molar_volume_cm3: float | None = None
    titration_slope_volt: float | None = None
    electrode_thickness_um: float | None = None
    porosity: float | None = None
    electrolyte_conductivity_s_per_cm: float | None = None
    transport_std_percent: float | None = None
    kind: CellKind | None = None

    @property
    def is_auto(self) -> bool:
        """Whether the circuit is to be chosen."""
        return self.circuit.strip().lower() == "auto"

    def wrong_words(self) -> tuple[tuple[str, InputError], ...]:
        """A circuit that cannot be read."""
        from halfcell.maths.circuit.grammar import parse

        if not self.is_auto:
            try:
                parse(self.circuit)
            except InputError as error:
                return (("circuit", error),)
        return ()
