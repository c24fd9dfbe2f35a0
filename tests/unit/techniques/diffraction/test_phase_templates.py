"""Templates of candidates: rebinned counts, and the score of what is missing in a fit."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.diffraction import LABORATORY
from halfcell.techniques.diffraction.phase_templates import HALO, bank_of, halo_bank, rebinned, scores
from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_rebinning_adds_counts_up(powder: Scan) -> None:
    found = rebinned(powder, 0.1)
    kept = len(found.counts) * 2
    assert found.counts.sum() == pytest.approx(powder.counts[:kept].sum())
    assert np.diff(found.two_theta) == pytest.approx(np.full(len(found.counts) - 1, 0.1))


def test_a_scan_in_coarser_steps_stays(powder: Scan) -> None:
    assert rebinned(powder, 0.05) is powder


def test_every_template_has_unit_height(powder: Scan) -> None:
    found = bank_of(["Si", "NiSi2"], powder, LABORATORY, halos=False)
    assert found.patterns.max(axis=0) == pytest.approx(np.ones(found.patterns.shape[1]), abs=1e-4)
    assert {variant.name for variant in found.variants} == {"Si", "NiSi2"}


def test_halos_are_told_by_their_name(powder: Scan) -> None:
    assert {variant.name for variant in halo_bank(powder).variants} == {HALO}


def test_a_phase_that_was_put_in_scores_highest(whole: WholePatternFit, powder: Scan) -> None:
    bank = bank_of(["beta-Sn", "NiSi"], powder, LABORATORY, halos=False)
    place = next(i for i, one in enumerate(bank.variants) if one.name == "beta-Sn" and one.swelling == 0)
    counts = powder.counts + 200.0 * bank.patterns[:, place]
    assert scores(whole.fit, counts, bank)[0].name == "beta-Sn"
