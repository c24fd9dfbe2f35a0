"""Samples, cells and instruments of a study as entities of its crate, with their identifiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from halfcell.report.crate.entities import Entity, anchor, reference
from halfcell.study.files.subject_identifiers import identifiers_of

if TYPE_CHECKING:
    from halfcell.core.sample import Cell, Sample
    from halfcell.study.files.subjects import Subjects


def subject_entities(subjects: Subjects) -> Iterator[Entity]:
    """The samples and cells, their identifiers, and the instruments that the tables name."""
    for name, sample in subjects.samples.items():
        yield from _with_identifiers(_sample(name, sample), sample.meta)
    for name, cell in subjects.cells.items():
        yield from _with_identifiers(_cell(name, cell, cell.sample in subjects.samples), cell.meta)


def _sample(name: str, sample: Sample) -> Entity:
    parts = ", ".join(f"{part} {share:g} wt%" for part, share in sample.composition_wt_percent.items())
    return {
        "@id": f"#sample-{anchor(name)}",
        "@type": "IndividualProduct",
        "name": sample.printed,
        "description": f"Sample {name}" + (f": {parts}." if parts else "."),
    }


def _cell(name: str, cell: Cell, has_sample: bool) -> Entity:
    kind = f"{cell.kind} cell" if cell.kind else "Cell of unknown kind"
    entity: Entity = {
        "@id": f"#cell-{anchor(name)}",
        "@type": "IndividualProduct",
        "name": name,
        "description": f"{kind[0].upper()}{kind[1:]}" + (f" of sample {cell.sample}." if cell.sample else "."),
    }
    return {**entity, "material": reference(f"#sample-{anchor(cell.sample)}")} if has_sample else entity


def _with_identifiers(entity: Entity, meta: Mapping[str, str]) -> Iterator[Entity]:
    found = identifiers_of(meta)
    more: Entity = {"url": found["eln_url"]} if "eln_url" in found else {}
    if "igsn" in found:
        more["identifier"] = reference(found["igsn"])
        yield {
            "@id": found["igsn"],
            "@type": "PropertyValue",
            "name": "IGSN",
            "propertyID": "https://registry.identifiers.org/registry/igsn",
            "value": meta["igsn"],
            "url": found["igsn"],
        }
    if "instrument_pid" in found:
        more["isRelatedTo"] = reference(found["instrument_pid"])
        yield {
            "@id": found["instrument_pid"],
            "@type": "IndividualProduct",
            "name": f"Instrument {meta['instrument_pid']}",
            "description": "The instrument that the subject was measured with.",
        }
    yield {**entity, **more}
