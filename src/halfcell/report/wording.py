"""Sentences that the report prints in every format."""

from __future__ import annotations

from typing import Final

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
UNUSED: Final = "Files not used"
UNUSED_TEXT: Final = "These raw files match no pattern of the study, or no figure or table uses them."
EMPTY_TABLE: Final = "This table is empty, since no result has values for it."
