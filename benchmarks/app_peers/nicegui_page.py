"""The page in NiceGUI: ``python nicegui_page.py PORT``."""

from __future__ import annotations

import sys

import plotly.graph_objects as go
from content import CELLS, STUDIES, X, Y
from nicegui import ui


@ui.page("/")
def page() -> None:
    """All parts below each other."""
    ui.label("Studies").classes("text-h4")
    for name in STUDIES:
        ui.label(name)
    ui.plotly(go.Figure(go.Scattergl(x=X, y=Y))).classes("w-full")
    ui.aggrid({"columnDefs": [{"field": key, "editable": True} for key in CELLS[0]], "rowData": CELLS})
    ui.upload(multiple=True)


ui.run(host="127.0.0.1", port=int(sys.argv[1]), show=False, reload=False)
