"""A fit goes on where another one ended."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_the_end_of_a_fit_names_every_parameter(whole: WholePatternFit) -> None:
    found = ended(whole.fit)
    assert set(found) == set(whole.fit.pattern.names)
    assert found["Si.ln_size"] == whole.fit.value("Si.ln_size")


def test_sizes_begin_where_the_fit_ended_and_cells_at_their_reference(whole: WholePatternFit) -> None:
    model = restart(whole.fit, whole.fit.pattern.model)
    assert model.phases[0].size == pytest.approx(np.exp(whole.fit.value("Si.ln_size")))
    assert model.phases[0].cell_std == whole.fit.pattern.model.phases[0].cell_std
