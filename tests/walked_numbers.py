"""Every number of a study's numbers.csv looked up by its id, and what its trace must name."""

from __future__ import annotations

import csv
from pathlib import Path

from halfcell.study.items.why import Why, why_each


def walked(root: Path) -> list[tuple[dict[str, str], Why]]:
    """Each row of numbers.csv with what `halfcell why` says of its id."""
    with (root / "out" / "numbers.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return list(zip(rows, why_each(root, [row["id"] for row in rows]), strict=True))


def assert_traced(row: dict[str, str], found: Why) -> None:
    """It is this number, and it names its files with their hashes, its settings, its formula and its versions."""
    number, origin = found.number, found.number.origin
    assert (number.id, number.printed, origin.result) == (row["id"], row["printed"], row["result"])
    assert origin.sources, row["id"]
    assert all(source.path and len(source.sha256) == 64 and source.reader for source in origin.sources), row["id"]
    assert ";".join(f"{source.path}@{source.sha256}" for source in origin.sources) == row["sources"]
    assert origin.formula, row["id"]
    assert origin.settings, row["id"]
    assert origin.version
    assert origin.code_version.startswith("halfcell ")
    text = found.text(all_settings=True)
    assert all(source.sha256 in text and source.path in text for source in origin.sources)
    assert all(f"setting     {name} = " in text for name in origin.settings)
