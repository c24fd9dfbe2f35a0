"""The page of a campaign: what was analysed, what failed and why, each quantity with its spread and its outliers."""

from __future__ import annotations

import base64
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from halfcell.campaign.parts import Tables
from halfcell.campaign.raw_file import FAILED, OTHER
from halfcell.campaign.summary import QuantitySummary, summarise
from halfcell.core.atomic_files import write_aside
from halfcell.core.figure import Axis, Bars, Figure, Panel
from halfcell.maths.outlier_scores import FAR

PAGE: Final = "summary.html"
_MOST_FAILURES: Final = 100  # files that the page names
_MOST_OUTLIERS: Final = 200
_MOST_PANELS: Final = 6
_BINS: Final = 30
_SMALLEST_SPREAD: Final = 1e-3  # of the values: below it the numbers of an axis would be equal


def write_page(tables: Tables, title: str) -> Path:
    """Write ``summary.html`` beside the tables; it needs no other file and no network."""
    from jinja2 import Environment, FileSystemLoader

    files = list(tables.files().values())
    quantities = summarise(tables)
    failures = [(file["file"], file["failure"]) for file in files if file["state"] == FAILED]
    outliers = [(one, of) for of in quantities for one in of.outliers]
    outliers.sort(key=lambda pair: -abs(pair[0].score))
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    text = templates.get_template("page.html").render(
        title=title,
        states=_states(files),
        failures=failures[:_MOST_FAILURES],
        failures_left=max(len(failures) - _MOST_FAILURES, 0),
        reasons=Counter(reason for _, reason in failures).most_common(10),
        quantities=quantities,
        outliers=outliers[:_MOST_OUTLIERS],
        outliers_left=max(len(outliers) - _MOST_OUTLIERS, 0),
        score=FAR,
        picture=_picture(quantities),
        names=tables.names(),
        number=_number,
    )
    return write_aside(tables.folder / PAGE, text)


def _states(files: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """How many files of each technique were analysed, are of no known format, and failed."""
    analysed = Counter(file["technique"] for file in files if not file["failure"])
    states = Counter(file["state"] for file in files)
    return [("files", len(files)), *analysed.most_common(), (OTHER, states[OTHER]), (FAILED, states[FAILED])]


def _number(value: float) -> str:
    """Four digits."""
    return f"{value:.4g}"


def _picture(quantities: Sequence[QuantitySummary]) -> str:
    """Histograms of the quantities with the most values, as the base64 text of an SVG; empty if there is none."""
    from halfcell.render import print_figure

    panels = tuple(map(_histogram, filter(_is_spread, quantities)))[:_MOST_PANELS]
    if not panels:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        paths = print_figure(
            Figure(panels=panels, columns=min(len(panels), 3), width_mm=180, panel_height_mm=45),
            Path(folder) / "summary",
        )
        return base64.b64encode(paths[0].read_bytes()).decode()


def _is_spread(one: QuantitySummary) -> bool:
    """Whether the values differ enough to be drawn."""
    return one.high - one.low > _SMALLEST_SPREAD * max(abs(one.low), abs(one.high))


def _histogram(one: QuantitySummary) -> Panel:
    """How often each value occurs, between the 1st and the 99th percentile, which hold the 5th and the 95th."""
    low, high = np.percentile(one.values, (1, 99))
    counts, edges = np.histogram(one.values, bins=_BINS, range=(low, high))
    middles = (edges[1:] + edges[:-1]) / 2
    bars = Bars(x=middles, y=counts.astype(float), width=float(edges[1] - edges[0]))
    return Panel(x=Axis(label=one.label, unit=one.unit), y=Axis(label="Results", whole=True), layers=(bars,))
