"""Formulas with groups in brackets."""

from __future__ import annotations

import pytest

from halfcell.materials.formulas import composition, molar_mass, theoretical_capacity


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        ("Li3V2(PO4)3", "Li3V2P3O12"),
        ("Li[Ni0.8Co0.1Mn0.1]O2", "LiNi0.8Co0.1Mn0.1O2"),
        ("Na3(VPO4)2F3", "Na3V2P2O8F3"),
        ("Li[Li0.2(NiMn)0.4]O2", "Li1.2Ni0.4Mn0.4O2"),
    ],
)
def test_groups_are_multiplied_out(formula: str, plain: str) -> None:
    assert composition(formula) == pytest.approx(composition(plain))
    assert molar_mass(formula) == pytest.approx(molar_mass(plain))


def test_lithium_vanadium_phosphate() -> None:
    """3 x 26801.5 mAh/mol over 407.9 g/mol; without the bracket it was 369 mAh/g."""
    assert theoretical_capacity("Li3V2(PO4)3", 3.0) == pytest.approx(197.3, abs=0.3)
