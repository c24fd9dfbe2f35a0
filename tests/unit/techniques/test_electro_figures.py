"""Figures and tables of impedance: their structure as JSON, held against snapshots.

After a wanted change run this file with HALFCELL_SNAPSHOTS=write and look at the difference.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from halfcell.core.figure import Figure
from halfcell.core.table import Table
from halfcell.techniques import impedance

SNAPSHOTS = Path(__file__).with_name("electro_figures.json")


def _impedance() -> list[Any]:
    spectra = []
    for i, cycle in enumerate((10, 50)):
        made = impedance.simulate(impedance.Parameters(noise_percent=0.2), np.random.default_rng(i))
        spectra.append(dataclasses.replace(made, meta={**made.meta, "tags": {"cycle": str(cycle)}}))
    found = impedance.analyse_series(spectra, impedance.Settings())
    return [r.stamped(label=f"cycle {c}") for r, c in zip(found, (10, 50), strict=True)]


def figure_structure(figure: Figure) -> dict[str, Any]:
    """What a figure is made of, without its numbers."""
    return {
        "width_mm": figure.width_mm,
        "columns": figure.columns,
        "simulated": figure.simulated,
        "notes": len(figure.notes),
        "panels": [
            {
                "x": panel.x.title,
                "y": panel.y.title,
                "log": [panel.x.log, panel.y.log],
                "equal": panel.equal,
                "layers": [
                    f"{type(layer).__name__} {getattr(layer, 'label', '') or getattr(layer, 'text', '')}".strip()
                    for layer in panel.layers
                ],
            }
            for panel in figure.panels
        ],
    }


def table_structure(table: Table) -> dict[str, Any]:
    """Heads, number of rows and the texts that are no numbers."""
    return {
        "columns": [f"{c.label} ({c.unit})" if c.unit else c.label for c in table.columns],
        "rows": len(table.rows),
        "first": [entry.text if entry is not None and entry.quantity is None else "#" for entry in table.rows[0]][:2],
        "notes": list(table.notes),
    }


ROOMS: dict[str, tuple[Any, Callable[[], list[Any]]]] = {
    "impedance": (impedance, _impedance),
}


@pytest.mark.parametrize("name", ROOMS)
def test_structure(name: str) -> None:
    room, make = ROOMS[name]
    results = make()
    shows = {show: f for show, f in room.TECHNIQUE.figures.items() if show != "relaxation times"}
    found = {f"figure {show}": figure_structure(f(results)) for show, f in shows.items()}
    found |= {f"table {show}": table_structure(f(results)) for show, f in room.TECHNIQUE.tables.items()}
    kept = json.loads(SNAPSHOTS.read_text(encoding="utf-8")) if SNAPSHOTS.is_file() else {}
    if os.environ.get("HALFCELL_SNAPSHOTS") == "write":
        text = json.dumps({**kept, name: found}, indent=1, ensure_ascii=False, sort_keys=True)
        SNAPSHOTS.write_text(text + "\n", encoding="utf-8")
    assert found == json.loads(SNAPSHOTS.read_text(encoding="utf-8"))[name]


def test_nyquist_is_at_equal_aspect() -> None:
    for show in ("nyquist", "nyquist data"):
        assert all(panel.equal for panel in impedance.FIGURES[show](_impedance()).panels)


def test_names_of_many_spectra_stand_beside_the_panel() -> None:
    """Up to six names find room above the arcs; more would cover them."""
    one = impedance.simulate(impedance.Parameters(noise_percent=0.2), np.random.default_rng(0))
    result = impedance.analyse(one, impedance.Settings(circuit="Rs-p(Rint,CPEint)-p(Rct,CPEct)-W", compare=False))
    for count, legend in ((6, "upper left"), (7, "outside"), (16, "outside")):
        results = [result.stamped(label=f"cell {number}") for number in range(count)]
        figure = impedance.FIGURES["nyquist"](results)
        assert [panel.legend for panel in figure.panels] == [legend]
        assert figure.panel_height_mm >= 3.5 * count
        bode = impedance.FIGURES["bode"](results)
        assert [panel.legend for panel in bode.panels] == (["best", "none"] if count == 6 else ["best", "outside"])
