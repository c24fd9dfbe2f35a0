"""Sentences that the report prints in every format."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from halfcell.core.calibration import Bin, Calibration

KIND: Final = "Supplementary information"
SIMULATED: Final = "Simulated data."
SIMULATED_TEXT: Final = (
    "Raw files of this study were simulated by halfcell. What follows shows the analysis, not the chemistry."
)
METHODS: Final = "Methods"
REFERENCES: Final = "References"
CONTENTS: Final = "Contents"
MISSING: Final = "Subjects are missing"
MISSING_TEXT: Final = "from {items}; the note below each of these items gives the reason."
TRUTH: Final = "Recovered and true values"
TRUTH_TEXT: Final = (
    "The raw files were simulated, so the true values are known. The table compares them with what the analysis found."
)
CALIBRATION: Final = "Deviations in their own uncertainties"
CALIBRATION_TEXT: Final = (
    "z is the deviation from the true value divided by the standard uncertainty that the analysis states. If these "
    "uncertainties are right, 68 % of all z lie within 1 and 95 % within 2. Spreads over samples and over cells are "
    "left out: they say how far single ones differ."
)
UNEXPLAINED: Final = "No reason is known."
UNUSED: Final = "Files not used"
UNUSED_TEXT: Final = "These raw files match no pattern of the study, or no figure or table uses them."
EMPTY_TABLE: Final = "This table is empty, since no result has values for it."


def calibration_shares(calibration: Calibration) -> str:
    """How many deviations there are and which shares lie within 1 and 2."""
    shares = [f"{calibration.share_within(limit):.0f} % within {limit:.0f}" for limit in (1.0, 2.0)]
    exact = f"; {calibration.exact} more values were recovered to the digits of the file" if calibration.exact else ""
    return f"Of {len(calibration.deviations)} quantities, {' and '.join(shares)}{exact}."


def bin_name(one: Bin) -> str:
    """The limits of a bar: ``-1 to 0``, ``above 4``."""
    if one.low == -math.inf:
        return f"below {minus(f'{one.high:g}')}"
    return f"above {one.low:g}" if one.high == math.inf else f"{minus(f'{one.low:g}')} to {minus(f'{one.high:g}')}"


def minus(text: str) -> str:
    """A number with a minus sign for its hyphen."""
    return text.replace("-", "\N{MINUS SIGN}")
