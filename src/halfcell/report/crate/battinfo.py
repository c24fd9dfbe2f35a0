"""The cells of a study in the terms of BattINFO [1]_: JSON-LD with what the table of cells states, and nothing else.

References
----------
.. [1] EMMO battery domain ontology, context https://w3id.org/emmo/domain/battery/context; the form of a property
   (``hasMeasuredProperty`` with a number and a unit) as in the BattINFO converter of Empa,
   https://github.com/EmpaEconversion/BattInfoConverter
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from halfcell.core.sample import CellKind
from halfcell.report.crate.entities import Entity, anchor
from halfcell.study.files.subject_identifiers import identifiers_of

if TYPE_CHECKING:
    from halfcell.core.sample import Cell, Sample
    from halfcell.study.files.subjects import Subjects

BATTINFO: Final = "out/cells.battinfo.jsonld"
_CONTEXT: Final = [
    "https://w3id.org/emmo/domain/battery/context",
    {
        "schema": "https://schema.org/",
        "unit": "https://qudt.org/vocab/unit/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    },
]
_MILLIGRAM: Final = "unit:MilliGM"
_PER_AREA: Final = "unit:A-HR-PER-M2"  # QUDT has no milliampere hour per square centimetre, which is 10 A h per m2


def battinfo(subjects: Subjects) -> str:
    """The text of the file; empty if the study has no cells."""
    if not subjects.cells:
        return ""
    cells = [_cell(name, cell, subjects.samples.get(cell.sample)) for name, cell in subjects.cells.items()]
    return json.dumps({"@context": _CONTEXT, "@graph": cells}, indent=1, ensure_ascii=False) + "\n"


def _cell(name: str, cell: Cell, sample: Sample | None) -> Entity:
    """A cell: its kind, its electrodes, its identifiers."""
    entity: Entity = {
        "@id": f"#cell-{anchor(name)}",
        "@type": "ElectrochemicalCell" if cell.kind in {CellKind.SYMMETRIC, None} else "BatteryCell",
        "schema:name": name,
        "rdfs:comment": f"{cell.kind} cell" if cell.kind else "The kind of the cell is not stated.",
    }
    identifiers = identifiers_of(cell.meta)
    if "eln_url" in identifiers:
        entity["schema:url"] = identifiers["eln_url"]
    if cell.kind in {CellKind.FULL, CellKind.ASSLB}:
        negative = [_property("Mass", cell.anode_mass_mg, _MILLIGRAM)]
        negative += [_areic_capacity(cell.anode_capacity_mah_per_cm2)]
        positive = [_property("Mass", cell.cathode_mass_mg, _MILLIGRAM)]
        positive += [_areic_capacity(cell.cathode_capacity_mah_per_cm2)]
        active = _active([_property("Mass", cell.cathode_active_mass_mg, _MILLIGRAM)])
        entity["hasNegativeElectrode"] = {"@type": "Electrode", **_measured([*negative, *_size(cell)])}
        entity["hasPositiveElectrode"] = {"@type": "Electrode", **active, **_measured([*positive, *_size(cell)])}
    else:
        active = _active([_property("Mass", cell.active_mass_mg, _MILLIGRAM)], cell.sample, sample)
        entity["hasWorkingElectrode"] = {"@type": "Electrode", **active, **_measured(_size(cell))}
    return entity


def _active(properties: list[Entity], name: str = "", sample: Sample | None = None) -> Entity:
    """The coating of an electrode with its active material; nothing if nothing is known of it."""
    material: Entity = {"@type": "ActiveMaterial", **_measured(properties)}
    if name:
        material["schema:name"] = name
    if sample and sample.composition_wt_percent:
        parts = (f"{part} {share:g} wt%" for part, share in sample.composition_wt_percent.items())
        material["schema:description"] = ", ".join(parts)
    if len(material) == 1:
        return {}
    return {"hasCoating": {"@type": "ElectrodeCoating", "hasActiveMaterial": material}}


def _size(cell: Cell) -> list[Entity]:
    """The size of the electrode (of the pellet)."""
    return [
        _property("Area", cell.area_cm2, "unit:CentiM2"),
        _property("Diameter", cell.diameter_mm, "unit:MilliM"),
        _property("Thickness", cell.thickness_um, "unit:MicroM"),
    ]


def _property(kind: str, value: float | None, unit: str) -> Entity:
    """A measured property; empty where the table does not state it."""
    if value is None:
        return {}
    number: Entity = {"@type": "RealData", "hasNumberValue": value}
    return {"@type": kind, "hasNumericalPart": number, "hasMeasurementUnit": unit}


def _areic_capacity(mah_per_cm2: float | None) -> Entity:
    """A capacity per area, in ampere hours per square metre."""
    return _property("AreicCapacity", None if mah_per_cm2 is None else 10 * mah_per_cm2, _PER_AREA)


def _measured(properties: list[Entity]) -> Entity:
    found = [one for one in properties if one]
    return {"hasMeasuredProperty": found} if found else {}
