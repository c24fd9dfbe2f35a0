"""What the heads of columns mean."""

from __future__ import annotations

import pytest

from halfcell.audit.heads import read_head


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "of"),
    [
        ("Initial discharge capacity\n(mAh g–1)", "initial_discharge_capacity", "mAh g–1", ""),
        ("Initial charge capacity\n(mAh g–1)", "initial_charge_capacity", "mAh g–1", ""),
        ("ICE\n(%)", "initial_coulombic_efficiency", "%", ""),
        ("Mass of\nAAM\n(mg)", "mass", "mg", "anode active"),
        ("Mass of separator (mg)", "mass", "mg", "separator"),
        ("Mass of 30 µm-thick LPSC SE (mg)", "mass", "mg", "solid electrolyte"),
        ("Energy density\n(Wh kg–1)", "energy_density", "Wh kg–1", ""),
        ("Stack pressure\n(MPa)", "pressure", "MPa", "cell"),
        ("Cathode loading\n(mg cm–2)", "loading", "mg cm–2", "cathode"),
        ("Areal capacity\n(mAh cm–2)", "areal_capacity", "mAh cm–2", ""),
        ("Voltage / V vs. Li+/Li", "voltage", "V", ""),
        ("N:P ratio overlap factor", "overlap", None, ""),
        ("Electrolyte", "electrolyte", None, "electrolyte"),
        ("Refs.", "reference", None, ""),
    ],
)
def test_heads(text: str, quantity: str, unit: str | None, of: str) -> None:
    head = read_head(text)
    assert (head.quantity, head.unit.text if head.unit else None, head.of) == (quantity, unit, of)


def test_the_cycle_is_read() -> None:
    assert read_head("Capacity retention after 30 cycles (%)").cycle == 30
    assert read_head("Reversible capacity after Xth cycle (mAh g-1)").cycle is None
