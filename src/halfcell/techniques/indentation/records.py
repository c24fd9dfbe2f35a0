"""What an indentation analysis is told and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.core.quantity import Quantity
    from halfcell.core.result import Note
    from halfcell.maths.loops import Branches
    from halfcell.maths.oliver_pharr import PowerLaw
    from halfcell.maths.popin import PopIn

    Array = NDArray[np.float64]

Mode = Literal["indent", "crush"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a study may set for indentation.

    Parameters
    ----------
    drift_nm_per_s
        Thermal drift (nm/s) to take off the depth; None: measured in a hold at low load where the record has one,
        else the instrument's own rate where the file has one that was not applied yet, else none.
    drift_doubt_nm_per_s
        Standard uncertainty (nm/s) of a drift that was not measured in the record.
    frame_compliance_nm_per_mn
        Compliance of the frame (nm/mN) still in the depth; None: the file's own where it was not applied yet.
    tip_area_nm
        Coefficients C0, C1, C2 ... of the tip's area function C0 h^2 + C1 h + C2 h^1/2 + ... (nm); empty: the file's
        own, else the ideal Berkovich 24.5 h^2.
    poisson_ratio
        Poisson's ratio of the sample; None: the file's own, else 0.25.
    tip_modulus_gpa, tip_poisson_ratio
        Of the tip; diamond.
    epsilon, beta
        Of Oliver and Pharr's equations.
    unload_part
        The part of an unloading, as fractions of its greatest load, that the power law is fitted to.
    mode
        What to take the test for; auto: an indent where there is an unloading branch, else a crush test.
    """

    drift_nm_per_s: float | None = None
    drift_doubt_nm_per_s: float = 0.05
    frame_compliance_nm_per_mn: float | None = None
    tip_area_nm: tuple[float, ...] = ()
    poisson_ratio: float | None = None
    tip_modulus_gpa: float = 1141.0
    tip_poisson_ratio: float = 0.07
    epsilon: float = 0.75
    beta: float = 1.0
    unload_part: tuple[float, float] = (0.5, 0.98)
    mode: Literal["auto", "indent", "crush"] = "auto"


@dataclass(frozen=True, kw_only=True, eq=False)
class Test:
    """One test of a batch: its corrected record, where its branches lie, and its numbers.

    `depth` (m) counts from contact, drift and frame taken off; `load` (N) has its zero corrected; `drift` (m/s) is None
    where the file has no time.
    """

    time: Array
    depth: Array
    load: Array
    branches: Branches
    mode: Mode
    quantities: dict[str, Quantity]
    notes: tuple[Note, ...] = ()
    tail: PowerLaw | None = None
    drift: float | None = 0.0
    popins: tuple[PopIn, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Indentation(Result):
    """Energies, hardness and modulus of a batch of tests (one or many) on one sample."""

    tests: tuple[Test, ...] = ()
    mode: Mode = "indent"
