"""The contact at the start of an unloading: its load, depth and compliance, and hardness and modulus that follow."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths import oliver_pharr

if TYPE_CHECKING:
    from halfcell.techniques.indentation.corrected_record import Record
    from halfcell.techniques.indentation.settings import Settings
    from halfcell.techniques.indentation.tip import Tip

    Pair = tuple[float, float]

NOTHING = (float("nan"), float("nan"))


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Load (N), depth (m) and compliance 1/S (m/N) where an unloading starts; seconds that pass per newton in it."""

    load: float
    depth: float
    compliance: float
    seconds_per_newton: float

    def contact_depth(self, settings: Settings) -> float:
        """Depth (m) of contact, h_max - epsilon P/S."""
        return self.depth - settings.epsilon * self.load * self.compliance


@dataclass(frozen=True, kw_only=True)
class RelativeErrors:
    """Relative standard errors of hardness and modulus: of this test alone, and common to all tests."""

    own: Pair
    common: Pair


def contact(record: Record, branch: slice, part: Pair) -> Contact | None:
    """The contact of one unloading by the power law of a part of it; None where there is none.

    Parameters
    ----------
    record
        Time (s), depth (m) and load (N), shape (n,).
    branch
        The rows of an unloading.
    part
        The parts of its highest load between which the power law is fitted.

    Returns
    -------
    Contact or None
        Load (N), depth (m), compliance (m/N), and the pace of the unloading (s/N).

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564.
    """
    load, depth, time = record.load[branch], record.depth[branch], record.time[branch]
    law = oliver_pharr.fit_unloading(load, depth, part)
    slope = 0.0 if law is None else law.stiffness(float(depth[0]))
    if slope <= 0:
        return None
    inside = (load >= part[0] * load[0]) & (load <= part[1] * load[0])
    seconds = float(np.ptp(time[inside])) / max(float(np.ptp(load[inside])), 1e-30)
    return Contact(load=float(load[0]), depth=float(depth[0]), compliance=1.0 / slope, seconds_per_newton=seconds)


def properties(found: Contact, tip: Tip, settings: Settings) -> Pair:
    """Hardness and modulus (GPa) of a contact; NaN where its depth or area is not above zero.

    Parameters
    ----------
    found
        Load (N), depth (m) and compliance (m/N) where an unloading starts.
    tip
        The area of the tip and Poisson's ratio of the sample.
    settings
        epsilon, beta, and the constants of the tip.

    Returns
    -------
    tuple of float
        H = P/A(h_c) and E, from 1/E_r = (1 - nu^2)/E + (1 - nu_i^2)/E_i, GPa.

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564.
    """
    depth = found.contact_depth(settings)
    area = tip.area_at(depth)
    if depth <= 0 or area <= 0 or found.compliance <= 0:
        return NOTHING
    reduced = oliver_pharr.reduced_modulus(1.0 / found.compliance, area, settings.beta)
    stiffness = settings.tip_modulus_gpa * 1e9
    modulus = oliver_pharr.sample_modulus(reduced, tip.poisson, stiffness, settings.tip_poisson_ratio)
    return found.load / area * 1e-9, modulus * 1e-9


def relative_errors(found: Contact, tip: Tip, record: Record, settings: Settings) -> RelativeErrors:
    """What drift, contact depth, load zero, tip area, frame and Poisson's ratio do to hardness and modulus.

    Parameters
    ----------
    found, tip
        The contact, and the tip.
    record
        Standard errors of drift (m/s), depth at contact (m) and zero of the load (N).
    settings
        Doubts of the frame (nm/mN) and of the tip.

    Returns
    -------
    RelativeErrors
        Of hardness and modulus: of this test alone, and common to all tests.

    Source: JCGM 100:2008 (GUM), 5.1.2, each derivative by a change of one standard error.
    """
    here = properties(found, tip, settings)
    frame = settings.frame_doubt_nm_per_mn * 1e-6
    own = [
        dataclasses.replace(found, compliance=found.compliance + record.drift_std * found.seconds_per_newton),
        dataclasses.replace(found, depth=found.depth + record.contact_std),
        dataclasses.replace(found, load=found.load + record.zero_std),
    ]
    stiffer = dataclasses.replace(found, compliance=found.compliance - frame, depth=found.depth - frame * found.load)
    doubt = tip.area_doubt(found.contact_depth(settings), settings)
    common = [
        properties(stiffer, tip, settings),
        properties(found, dataclasses.replace(tip, scale=1.0 + doubt), settings),
        properties(found, dataclasses.replace(tip, poisson=tip.poisson + tip.poisson_doubt), settings),
    ]
    return RelativeErrors(
        own=_joined([properties(one, tip, settings) for one in own], here), common=_joined(common, here)
    )


def _joined(changed: list[Pair], here: Pair) -> Pair:
    """Root of the sum of squares of the relative changes of both numbers."""
    ratios = np.array(changed, dtype=float) / np.array(here) - 1.0
    joined = np.linalg.norm(np.nan_to_num(ratios), axis=0)
    return float(joined[0]), float(joined[1])
