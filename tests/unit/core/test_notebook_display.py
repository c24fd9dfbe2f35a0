"""Results and tables show themselves in a notebook."""

from __future__ import annotations

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.core.table import Column, Entry, Table


def test_result() -> None:
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
