"""Figures of X-ray analysis: fitted spectra, maps on one scale, inhomogeneity against block size, line profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Align, Axis, Figure, Image, Layer, Line, Panel, Points, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.edx.maps import blocks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.edx.result import EdxResult

    Array = NDArray[np.float64]

_GREEK = {"a": "α", "b": "β", "l": "ℓ", "n": "η", "g": "γ", "z": "ζ"}
_PER_BLOCK = 25.0  # counts of a typical block of a drawn map: its noise is then 20 %
_ROUND = ((1.0, "nm", 1.0), (1e3, "µm", 1e-3), (1e6, "mm", 1e-6))
_WIDEST = 3  # panels side by side
_BRIGHTEST = 99.5  # percentile of the drawn maps at the upper end of their common scale
_DEEPEST = 1e-5  # of the highest peak: a logarithmic axis goes no deeper
_LETTERS = 0.09  # of the axis: the width of a line's name
_WITH_BLOCK = 3  # parts of a name: element, edge of the blocks, variation
_BESIDE = 2  # panels on 140 mm


def spectra(results: Sequence[EdxResult]) -> Figure:
    """Each spectrum with its fit and its continuum, counts on a logarithmic axis, lines named."""
    panels = [_spectrum(result) for result in results]
    return _figure(results, panels, min(len(panels), 2), 55.0)


def _spectrum(result: EdxResult) -> Panel:
    floor = max(float(np.nanmin(np.where(result.continuum > 0, result.continuum, np.nan))) * 0.4, 0.5)
    top = float(result.count.max())
    floor = max(floor, _DEEPEST * top)
    x, y = result.energy, np.maximum(result.count, floor)
    layers: list[Layer] = [
        Line(x=x, y=y, label="measured", colour=-2, width_pt=0.6, step=True),
        Line(x=x, y=result.model, label="fit", colour=1, width_pt=0.8),
        Line(x=x, y=result.continuum, label="continuum", colour=-1, width_pt=0.8, dash="dash"),
    ]
    last = float(x[-1])
    taken: list[tuple[float, float]] = []
    for name, energy in sorted(result.lines.items(), key=lambda item: item[1]):
        place = int(np.clip(np.searchsorted(x, energy), 0, len(x) - 1))
        peak = float(y[max(place - 3, 0) : place + 4].max())
        under = float(np.nan_to_num(result.continuum[place], nan=floor))
        if energy < last and peak > 1.15 * max(under, floor):
            near = [height for at, height in taken if abs(at - energy) < _LETTERS * last]
            height = max([peak * 1.3, *(2.2 * other for other in near if 2.2 * other > peak)])
            taken.append((energy, height))
            align: Align = "left" if energy < _LETTERS / 2.0 * last else "center"
            layers.append(Text(x=max(energy, 0.0), y=height, text=line_name(name), align=align, size_pt=5.5))
    highest = max([top, *(height for _, height in taken)])
    return Panel(
        x=Axis(label="Energy", unit="keV", low=0.0, high=last),
        y=Axis(label="Counts", low=floor, high=2.5 * highest, log=True),
        layers=tuple(layers),
        title=formula(result.label),
        legend="best",
    )


def line_name(name: str) -> str:
    """``Fe Ka`` as printed: Fe Kα."""
    symbol, line = name.split(" ")
    return f"{symbol} {line[0]}{_GREEK.get(line[1:2], line[1:2])}{line[2:]}"


def maps(results: Sequence[EdxResult]) -> Figure:
    """Maps of each element, one row per sample, on one scale for all samples.

    Counts of each map are divided by the mean of its total counts, so that dose does not show, and are averaged over
    blocks where there are fewer than 25 counts per pixel. The scale, one for all panels, is relative to the element's
    mean over all samples.
    """
    shown = [result for result in results if result.maps is not None]
    elements = list(dict.fromkeys(symbol for result in shown for symbol in (result.maps.counts if result.maps else ())))
    edge = max((_edge(result, symbol) for result in shown for symbol in elements), default=1)
    drawn = {(n, s): _relative(result, s, edge) for n, result in enumerate(shown) for s in elements}
    means = {
        s: float(np.mean([v.mean() for n in range(len(shown)) if (v := drawn[n, s]) is not None])) for s in elements
    }
    scaled = {(n, s): v / means[s] for (n, s), v in drawn.items() if v is not None and means[s] > 0}
    high = max((float(np.percentile(v, _BRIGHTEST)) for v in scaled.values()), default=1.0)
    panels = [
        _map(result, symbol, scaled.get((number, symbol)), high, last=symbol == elements[-1])
        for number, result in enumerate(shown)
        for symbol in elements
    ]
    columns = max(len(elements), 1)
    return _figure(shown or results, panels, columns, 42.0 if columns <= _WIDEST else 34.0)


def _edge(result: EdxResult, symbol: str) -> int:
    """Edge of the blocks (pixels) that hold enough counts of an element to be seen."""
    counts = result.maps.counts.get(symbol) if result.maps else None
    mean = float(counts.mean()) if counts is not None else _PER_BLOCK
    most = min(counts.shape) // 12 if counts is not None else 1
    return int(np.clip(np.ceil(np.sqrt(_PER_BLOCK / max(mean, 0.05))), 1, max(most, 1)))


def _relative(result: EdxResult, symbol: str, edge: int) -> Array | None:
    """A map in blocks, relative to the mean of all elements' counts of its sample; None without this element."""
    if result.maps is None or symbol not in result.maps.counts:
        return None
    total = sum(float(one.mean()) for one in result.maps.counts.values())
    return blocks_of(result.maps.counts[symbol], edge) / edge**2 / (total or 1.0)


def _map(result: EdxResult, symbol: str, values: Array | None, high: float, *, last: bool) -> Panel:
    if values is None or result.maps is None:
        empty = Text(x=0.5, y=0.5, text="not looked for", fraction=True, align="center")
        return Panel(x=Axis(hidden=True), y=Axis(hidden=True), layers=(empty,), title=symbol, legend="none")
    rows, columns = next(iter(result.maps.counts.values())).shape
    height, width = result.maps.pixel or (1.0, 1.0)
    extent = (0.0, columns * width, 0.0, rows * height)
    bar = _scale(columns * width) if result.maps.pixel else None
    label = "Counts / mean" if last else ""
    image = Image(values=values, extent=extent, palette="magma", low=0.0, high=high, bar_label=label, scale_bar=bar)
    title = f"{formula(result.label)}: {symbol}" if result.label else symbol
    return Panel(
        x=Axis(hidden=True, low=0.0, high=extent[1]),
        y=Axis(hidden=True, low=0.0, high=extent[3]),
        layers=(image,),
        title=title,
        equal=True,
        legend="none",
    )


def _scale(field: float) -> tuple[float, str]:
    """A round length (nm) of at most a quarter of a field, and its text."""
    power = 10.0 ** np.floor(np.log10(0.25 * field))
    length = float(max(part * power for part in (1.0, 2.0, 2.5, 5.0) if part * power <= 0.25 * field))
    _, unit, factor = next(item for item in reversed(_ROUND) if length >= item[0] or item is _ROUND[0])
    return length, f"{length * factor:g} {unit}"


def block_sizes(results: Sequence[EdxResult]) -> Figure:
    """Variation of each element beyond counting noise, against the edge of the blocks; one panel per sample."""
    shown = [result for result in results if result.maps is not None] or list(results)
    panels = []
    for result in shown:
        first = result.maps.block if result.maps else 1
        layers: list[Layer] = []
        for number, symbol in enumerate(result.maps.counts if result.maps else ()):
            layers += _variations(result, symbol, first, number)
        x = Axis(label="Edge of blocks", unit="pixels", log=True)
        y = Axis(label="Variation", unit="%", low=0.0)
        panels.append(Panel(x=x, y=y, layers=tuple(layers), title=formula(result.label)))
    return _figure(shown, panels, min(len(panels), 2), 50.0)


def _variations(result: EdxResult, symbol: str, first: int, number: int) -> list[Layer]:
    found = []
    for name, quantity in result.quantities.items():
        parts = name.split(".")
        if parts[0] == symbol and parts[-1] == "variation":
            found.append((int(parts[1]) if len(parts) == _WITH_BLOCK else first, quantity.value, quantity.std or 0.0))
    if not found:
        return []
    x, y, error = (np.array(part, dtype=float) for part in zip(*sorted(found), strict=True))
    return [Points(x=x, y=y, y_error=error, label=symbol, colour=number % 7, joined=True)]


def line_profiles(results: Sequence[EdxResult]) -> Figure:
    """Counts of each element along the line of the setting; one panel per sample."""
    shown = [result for result in results if result.maps and result.maps.profile]
    panels = []
    for result in shown:
        distance, values = result.maps.profile if result.maps and result.maps.profile else (np.zeros(1), {})
        scaled, unit = (distance / 1e3, "µm") if result.maps and result.maps.pixel else (distance, "pixels")
        layers = tuple(
            Line(x=scaled, y=counts, label=symbol, colour=number % 7)
            for number, (symbol, counts) in enumerate(values.items())
        )
        x, y = Axis(label="Distance", unit=unit), Axis(label="Counts per pixel", low=0.0)
        panels.append(Panel(x=x, y=y, layers=layers, title=formula(result.label)))
    return _figure(shown or results, panels or [Panel()], min(len(panels), 2) or 1, 50.0)


def _figure(results: Sequence[EdxResult], panels: Sequence[Panel], columns: int, height: float) -> Figure:
    return Figure(
        panels=tuple(panels),
        width_mm=90 if columns == 1 else 140 if columns == _BESIDE else 180,
        columns=columns,
        panel_height_mm=height,
        letters=len(panels) > 1,
        simulated=simulated(results),
        notes=doubts(results),
    )


FIGURES = {"spectrum": spectra, "maps": maps, "inhomogeneity": block_sizes, "line profile": line_profiles}
