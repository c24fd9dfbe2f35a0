"""The page in Panel: ``python panel_page.py PORT``."""

from __future__ import annotations

import sys

import pandas as pd
import panel as pn
import plotly.graph_objects as go
from content import CELLS, STUDIES, X, Y

pn.extension("plotly", "tabulator")


def page() -> pn.Column:
    """All parts below each other."""
    return pn.Column(
        "# Studies",
        "\n".join(f"- {name}" for name in STUDIES),
        pn.pane.Plotly(go.Figure(go.Scattergl(x=X, y=Y)), height=400),
        pn.widgets.Tabulator(pd.DataFrame(CELLS)),
        pn.widgets.FileDropper(),
    )


pn.serve(page, port=int(sys.argv[1]), show=False)
