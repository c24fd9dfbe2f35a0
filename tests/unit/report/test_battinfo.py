"""Cells in the terms of BattINFO: what the table states and nothing else."""

from __future__ import annotations

import json

from halfcell.core.sample import Cell, CellKind, Sample
from halfcell.report.crate.battinfo import battinfo
from halfcell.study.files.subjects import Subjects

# Terms of https://w3id.org/emmo/domain/battery/context that are used (looked up there)
TERMS = {
    "ActiveMaterial", "Area", "AreicCapacity", "BatteryCell", "Diameter", "ElectrochemicalCell", "Electrode",
    "ElectrodeCoating", "Mass", "RealData", "Thickness", "hasActiveMaterial", "hasCoating", "hasMeasuredProperty",
    "hasMeasurementUnit", "hasNegativeElectrode", "hasNumberValue", "hasNumericalPart", "hasPositiveElectrode",
    "hasWorkingElectrode",
}  # fmt: skip


def words_of(value: object) -> set[str]:
    """Every key and type in a JSON-LD value."""
    if isinstance(value, list):
        return set().union(*map(words_of, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    kinds = value.get("@type", [])
    own = set(value) | set(kinds if isinstance(kinds, list) else [kinds])
    return own | words_of([item for key, item in value.items() if key != "@type"])


def test_cells_as_stated() -> None:
    cells = {
        "A1": Cell(name="A1", sample="Si", kind=CellKind.HALF, active_mass_mg=1.2, diameter_mm=12.0),
        "F1": Cell(
            name="F1",
            kind=CellKind.FULL,
            anode_mass_mg=3.0,
            cathode_mass_mg=12.0,
            cathode_active_mass_mg=11.0,
            anode_capacity_mah_per_cm2=3.1,
        ),
        "X": Cell(name="X"),
    }
    samples = {"Si": Sample(name="Si", composition_wt_percent={"Si": 90.0, "Sn": 10.0})}
    content = json.loads(battinfo(Subjects(samples=samples, cells=cells)))
    half, full, unknown = content["@graph"]
    material = half["hasWorkingElectrode"]["hasCoating"]["hasActiveMaterial"]
    assert (material["schema:name"], material["schema:description"]) == ("Si", "Si 90 wt%, Sn 10 wt%")
    (mass,) = material["hasMeasuredProperty"]
    assert (mass["@type"], mass["hasNumericalPart"]["hasNumberValue"], mass["hasMeasurementUnit"]) == (
        "Mass",
        1.2,
        "unit:MilliGM",
    )
    kinds = {
        one["@type"]: one["hasNumericalPart"]["hasNumberValue"]
        for one in full["hasNegativeElectrode"]["hasMeasuredProperty"]
    }
    assert kinds == {"Mass": 3.0, "AreicCapacity": 31.0}  # 3.1 mAh cm^-2 = 31 A h m^-2
    assert unknown["@type"] == "ElectrochemicalCell"
    assert unknown["hasWorkingElectrode"] == {"@type": "Electrode"}
    plain = {word for word in words_of(content["@graph"]) if ":" not in word and not word.startswith("@")}
    assert plain <= TERMS


def test_a_study_without_cells_has_no_file() -> None:
    assert battinfo(Subjects()) == ""
