"""Truth table: what was put in is printed as people write it."""

from __future__ import annotations

import pytest

from halfcell.study.items.truth import true_value_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(29200.0, "29200"), (520.3, "520.3"), (0.0, "0"), (0.9 / 0.776058, "1.15971"), (1e-7, "1e-07"), (-0.35, "-0.35")],
)
def test_true_value_text(value: float, text: str) -> None:
    assert true_value_text(value) == text
