"""What tests of crates ask again and again: write one, its entities, its files, its numbers."""

from __future__ import annotations

import json
from pathlib import Path

from halfcell import report
from halfcell.study.items.deposit import deposit_of_study


def write_crate(small, folder: Path, date: str = "2026-11-22") -> Path:
    """Write the crate of a study into a folder; returns the folder."""
    report.write_crate(deposit_of_study(small.root / "study.toml"), folder, (), date)
    return folder


def graph_of(crate: Path) -> dict[str, dict]:
    """The entities of a crate by their ids."""
    entities = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    assert len({entity["@id"] for entity in entities}) == len(entities)
    return {entity["@id"]: entity for entity in entities}


def listed(value: object) -> list:
    """The values of a property: a single one stands alone."""
    return value if isinstance(value, list) else [value]


def files_of(crate: Path) -> set[str]:
    """The files in a crate."""
    return {path.relative_to(crate).as_posix() for path in crate.rglob("*") if path.is_file()}


def numbers_of(root: Path) -> bytes:
    """numbers.csv of a study or a crate."""
    return (root / "out" / "numbers.csv").read_bytes()
