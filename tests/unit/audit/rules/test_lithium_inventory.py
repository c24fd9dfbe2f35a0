"""Parameter sets: capacities of both electrodes, volumes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.audit.builders import findings

from halfcell.audit import audit_file
from halfcell.audit.claims import Verdict


def _set(tmp_path: Path, **changes: float) -> Path:
    electrode = {
        "Particle radius [m]": 4e-06, "Thickness [m]": changes.get("thickness", 5e-05),
        "Surface area per unit volume [m-1]": 450000,
        "Porosity": 0.3,
        "Minimum stoichiometry": 0.1, "Maximum stoichiometry": 0.9, "Maximum concentration [mol.m-3]": 30000,
    }  # fmt: skip
    cell = {"Nominal cell capacity [A.h]": 0.9, "Electrode area [m2]": 0.1}
    other = electrode | {"Maximum concentration [mol.m-3]": 30000 * changes.get("ratio", 1.0)}
    other["Porosity"] = changes.get("porosity", 0.3)
    content = {
        "Header": {"BPX": "0.1.0"},
        "Parameterisation": {"Cell": cell, "Negative electrode": electrode, "Positive electrode": other},
    }
    path = tmp_path / "set.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "fails"),
    [
        ({}, set()),
        ({"ratio": 1.1}, {"capacities of both electrodes"}),
        ({"thickness": 0.0}, {"capacities of both electrodes"}),
        ({"porosity": 0.6}, {"volume fractions of the positive electrode"}),
    ],
)
def test_sets(tmp_path: Path, changes: dict[str, float], fails: set[str]) -> None:
    found = findings(audit_file(_set(tmp_path, **changes)), "lithium_inventory")
    assert len(found) == 3
    assert {finding.what for finding in found if finding.verdict is Verdict.FAILS} == fails
