r"""EXAFS: E0, normalisation, background (AUTOBK), chi(k) and chi(R) of single scans and of series of states.

.. math:: \chi(k) = (\mu - \mu_0) / \Delta\mu, \quad
   \chi(R) = \frac{\delta k}{\sqrt\pi} \sum k^w W(k) \chi(k) e^{2ikR}

R is not corrected for the phase shift of the atoms: peaks stand 0.2 to 0.5 angstrom below the bond lengths. Every
amplitude scales with the edge step, and the step with the ranges of the pre- and post-edge fits; they are printed
with each result. In a series all states share one range of k and are set against the first. Steps and conventions
are those of Athena and larch (M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007); the background is solved as the
linear problem that it is.

With a scattering path of Feff (`path`) the first shell is fitted in R: amplitude N S0^2, bond length, spread, shift
of E0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from halfcell.maths.first_shell import ScatteringPath
from halfcell.techniques.exafs.analyse import ExafsResult, chain
from halfcell.techniques.exafs.figures import absorption, chi_k, chi_r, differences, table_shells, table_states
from halfcell.techniques.exafs.first_shell import path_of, with_shell
from halfcell.techniques.exafs.simulate import Parameters, Path, simulate
from halfcell.techniques.exafs.states import states
from halfcell.techniques.technique import Technique

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

__all__ = [
    "FIGURES",
    "REFERENCES",
    "TABLES",
    "TECHNIQUE",
    "ExafsResult",
    "Parameters",
    "Path",
    "Settings",
    "analyse",
]
__all__ += ["analyse_series", "simulate"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a study may set; ranges in eV are relative to E0.

    e0_electronvolt: edge energy (default: greatest slope). pre_range, post_range: of the line before and the
    polynomial after the edge. rbkg_angstrom: below it chi(R) is background. k_range, k_sill, k_weight: window (Hanning)
    and weight of the transform; its upper end is lowered to the data's. r_range: where the first shell is sought.
    glitches: points that stand out of their neighbours are told, or left out.
    path: a scattering path of Feff (a file feffNNNN.dat in the study) for a fit of the first shell.
    """

    e0_electronvolt: float | None = None
    pre_range: tuple[float, float] | None = None
    post_range: tuple[float, float] | None = None
    rbkg_angstrom: float = 1.0
    k_range: tuple[float, float] = (3.0, 12.0)
    k_sill: float = 1.0
    k_weight: int = 2
    r_range: tuple[float, float] = (1.25, 3.3)
    glitches: Literal["tell", "drop"] = "tell"
    path: ScatteringPath | None = None


def analyse(measurement: Measurement, settings: Settings) -> ExafsResult:
    """Run the chain on one scan.

    Raises
    ------
    InputError
        If the scan has no edge, or too few points before or after it.
    """
    return with_shell(chain(measurement, settings), settings, measurement.where)


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[ExafsResult, ...]:
    """Run the chain on several states with one range of k, and compare them with the first.

    Heights of the first peak over the first state's; which peaks of |chi(R)| appear and vanish; differences with the
    noise of both. A peak is there where it is above three times the noise and a fifth of the highest of all states.

    Raises
    ------
    InputError
        As for a single scan.
    """
    return states(measurements, settings)


REFERENCES = {"path": path_of}
FIGURES = {"chi(R)": chi_r, "chi(k)": chi_k, "absorption": absorption, "differences": differences}
TABLES = {"first shell": table_shells, "states": table_states}

TECHNIQUE = Technique(
    name="exafs",
    reads=("xas", "feff_path"),
    version="4",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    series=analyse_series,
    references=REFERENCES,
)
