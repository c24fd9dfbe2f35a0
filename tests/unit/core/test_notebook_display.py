"""Results and tables show themselves in a notebook."""

from __future__ import annotations

import numpy as np

from gallery.materials import sizes
from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.core.table import Column, Entry, Table


def test_a_result_shows_its_quantities_and_doubts() -> None:
    result = Result(
        technique="raman",
        label="CoSi_{2} & Si",
        quantities={"Si.position": Quantity(518.21, "1/cm", 0.03, "fit covariance")},
        notes=(Note("doubt", "no_wafer", "x < y"),),
    )
    shown = result._repr_html_()
    assert "<caption>raman: CoSi<sub>2</sub> &amp; Si</caption>" in shown
    assert "<td>Position</td><td>518.21(3) cm<sup>−1</sup></td><td>fit covariance</td>" in shown
    assert "x &lt; y" in shown


def test_table_keeps_merged_cells_and_doubts() -> None:
    rows = (
        (Entry(text="Si", rows=2), Entry(text="1", doubt='a "doubt"')),
        (None, Entry(text="2")),
    )
    columns = (Column(key="a", label="Material"), Column(key="b", label="Capacity", unit="mAh g-1"))
    shown = Table(columns=columns, rows=rows, simulated=True)._repr_html_()
    assert '<td rowspan="2">Si</td><td title="a &quot;doubt&quot;">1</td></tr><tr><td>2</td></tr>' in shown
    assert "<th>Capacity (mAh g<sup>−1</sup>)</th>" in shown
    assert "simulated data" in shown


def test_a_measurement_shows_its_columns_and_notes() -> None:
    measurement = Measurement(
        technique="diffraction",
        columns={"two_theta_degree": np.array([10.0, 90.0]), "intensity_counts": np.array([np.nan, 7.0])},
        meta={"title": "Si & Sn", "simulated": True, "vendor": {"x": 1}},
        notes=(Note("correction", "packed", "read from a <packed> file"),),
    )
    shown = measurement._repr_html_()
    assert "<caption>diffraction, 2 records</caption>" in shown
    assert "<code>two_theta_degree</code></td><td>10 to 90</td>" in shown
    assert "<code>intensity_counts</code></td><td>7 to 7</td>" in shown
    assert "Si &amp; Sn" in shown
    assert "read from a &lt;packed&gt; file" in shown
    assert "simulated data" in shown


def test_a_picture_says_its_size() -> None:
    measurement = Measurement(technique="microscopy", columns={"image": np.zeros((3, 4))})
    assert "<td>3 x 4</td>" in measurement._repr_html_()


def test_figure() -> None:
    """Any figure of a technique shows itself, as a picture and as plotly's figure."""
    shown = sizes()._repr_mimebundle_(include=None, exclude=None)
    assert shown["image/svg+xml"].lstrip().startswith("<?xml")
    assert shown["application/vnd.plotly.v1+json"].keys() == {"data", "layout"}
    assert shown["text/plain"].startswith("<figure")
