"""Figures and tables of the powder techniques: their structure as JSON (make it anew: python this file)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from halfcell.techniques import indentation, particle_size, sorption, thermogravimetry

SNAPSHOT = Path(__file__).parent / "snapshots" / "powders.json"


def results() -> dict[str, tuple[Any, list[Any]]]:
    """Two simulated results of each technique."""
    rng = np.random.default_rng(7)
    indents = [
        indentation.join([indentation.simulate(indentation.Parameters(), rng) for _ in range(3)]),
        indentation.simulate(indentation.Parameters(elastic_energy_nj=0.0, total_energy_nj=3.0), rng),
    ]
    powders = [particle_size.simulate(particle_size.Parameters(medians_um=(m,)), rng) for m in (3.0, 12.0)]
    isotherms = [sorption.simulate(sorption.Parameters(flat_area=a), rng) for a in (4.0, 9.0)]
    heated = [thermogravimetry.simulate(thermogravimetry.Parameters(mass_mg=m), rng) for m in (5.0, 8.0)]
    made = {}
    for room, measured in (
        (indentation, indents),
        (particle_size, powders),
        (sorption, isotherms),
        (thermogravimetry, heated),
    ):
        found = [room.analyse(m, room.Settings()).stamped(label=f"A{n}", id=f"id{n}") for n, m in enumerate(measured)]
        made[room.__name__.rsplit(".", 1)[-1]] = (room, found)
    return made


def structure() -> dict[str, Any]:
    """What is drawn and tabled, without the numbers."""
    made: dict[str, Any] = {}
    for name, (room, found) in results().items():
        for show, draw in room.TECHNIQUE.figures.items():
            made[f"{name}: {show}"] = _figure(draw(found))
        for show, draw in room.TECHNIQUE.tables.items():
            table = draw(found)
            made[f"{name}: table {show}"] = {
                "columns": [f"{column.key} | {column.label} | {column.unit}" for column in table.columns],
                "filled": [["" if entry is None else "x" for entry in row] for row in table.rows],
                "notes": len(table.notes),
            }
    return made


def _figure(figure: Any) -> dict[str, Any]:
    return {
        "width_mm": figure.width_mm,
        "columns": figure.columns,
        "simulated": figure.simulated,
        "panels": [
            {
                "title": panel.title,
                "x": panel.x.title,
                "y": panel.y.title,
                "right": panel.right.title if panel.right else "",
                "inset": panel.inset is not None,
                "layers": [
                    f"{type(layer).__name__} {_words(getattr(layer, 'label', ''))}".strip() for layer in panel.layers
                ],
            }
            for panel in figure.panels
        ],
    }


def _words(label: str) -> str:
    """A label without its numbers."""
    return re.split("[,=]", label, maxsplit=1)[0].strip()


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return structure()


EXPECTED = json.loads(SNAPSHOT.read_text("utf-8")) if SNAPSHOT.exists() else {}


@pytest.mark.parametrize("show", EXPECTED)
def test_structure(made: dict[str, Any], show: str) -> None:
    assert made[show] == EXPECTED[show]


def test_every_show_has_its_snapshot(made: dict[str, Any]) -> None:
    assert set(made) == set(EXPECTED)


def test_every_number_of_a_table_names_its_result() -> None:
    for room, found in results().values():
        for draw in room.TECHNIQUE.tables.values():
            for row in draw(found).rows:
                numbers = [entry for entry in row if entry is not None and entry.quantity is not None]
                assert all(entry.origin.split(":")[0] in {"id0", "id1"} for entry in numbers)


if __name__ == "__main__":
    SNAPSHOT.write_text(json.dumps(structure(), indent=1, ensure_ascii=False) + "\n", "utf-8")
