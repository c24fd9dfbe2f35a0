"""The page in Dash: ``python dash_page.py PORT``."""

from __future__ import annotations

import sys

import plotly.graph_objects as go
from content import CELLS, STUDIES, X, Y
from dash import Dash, dash_table, dcc, html

app = Dash(__name__)
app.layout = html.Div(
    [
        html.H1("Studies"),
        html.Ul([html.Li(name) for name in STUDIES]),
        dcc.Graph(figure=go.Figure(go.Scattergl(x=X, y=Y))),
        dash_table.DataTable(CELLS, [{"name": key, "id": key} for key in CELLS[0]], editable=True),
        dcc.Upload(html.Button("Drop a raw file"), multiple=True),
    ]
)
app.run(port=int(sys.argv[1]))
