"""Figures of Raman spectroscopy: spectra with their fits, differences between states."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from halfcell.core.figure import Area, Axis, Figure, Layer, Line, Panel, Span, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.state_differences import (
    Difference,
    difference_axis,
    difference_layers,
    words,
)
from halfcell.techniques.raman.result import RamanResult


def spectrum(results: Sequence[RamanResult]) -> Figure:
    """Spectra without their baselines, each scaled to its maximum and stacked, with their fits.

    A spectrum that could not be analysed is left out.
    """
    results = [result for result in results if result.names] or list(results)
    layers: list[Layer] = []
    low = float(min(r.shift_per_cm[0] for r in results))
    high = float(max(r.shift_per_cm[-1] for r in results))
    for number, result in enumerate(results):
        layers += _one(result, number, 1.15 * number)
        at = low + 0.03 * (high - low)
        height = 0.62 if result.region == "silicon" else 0.85
        layers.append(Text(x=at, y=1.15 * number + height, text=_words(result), colour=number % 7))
    first = results[0]
    if "Si.position" in first.quantities and len(results) > 1:
        position = first.quantities["Si.position"].value
        layers.append(Span(start=position, stop=position, label="", dash="dot"))
    x = Axis(label="Raman shift", unit="cm^{−1}", low=low, high=high)
    y = Axis(label="Intensity", unit="arb. unit", low=-0.12, high=1.15 * len(results) + 0.05, no_numbers=True)
    height = 50.0 + 14.0 * (len(results) - 1)
    panel = Panel(x=x, y=y, layers=tuple(layers), legend="none")
    return Figure(panels=(panel,), width_mm=90, panel_height_mm=height, simulated=simulated(results))


def _one(result: RamanResult, number: int, offset: float) -> list[Layer]:
    """Data, fit and shaded broad components of one spectrum."""
    net = result.intensity_count - result.baseline_count
    scale = max(float(net.max()), -4.0 * float(net.min())) or 1.0  # noise around zero is not enlarged
    total = np.sum([np.zeros_like(net), *result.components_count], axis=0)
    layers: list[Layer] = []
    broad = {"a-Si": 4, "D3": 5, "D4": 4, "D2": 2}
    x = result.shift_per_cm
    for name, curve in zip(result.names, result.components_count, strict=True):
        if name in broad and curve.max() > 0.01 * scale:
            y, low, said = curve / scale, np.zeros_like(curve), f"{result.label}, {name}"
            layers.append(Area(x=x, y=y, y_low=low, label=name, colour=broad[name], name=said, raised=offset))
    layers.append(Line(x=x, y=net / scale, label=result.label, colour=number % 7, width_pt=0.8, raised=offset))
    words = f"{result.label}, fit"
    layers.append(Line(x=x, y=total / scale, colour=-2, dash="dash", width_pt=0.6, name=words, raised=offset))
    return layers


def _words(result: RamanResult) -> str:
    """The name of a spectrum, with the share of the amorphous band if it is significant, or with both I_D/I_G."""
    if "id_ig_area" in result.quantities:
        height, area = (result.quantities[f"id_ig_{kind}"].number for kind in ("height", "area"))
        return f"{formula(result.label)}\nI_{{D}}/I_{{G}} {height} (heights)\nI_{{D}}/I_{{G}} {area} (areas)"
    said, share = formula(result.label), result.quantities.get("amorphous_area_share")
    doubted = any(note.code in {"amorphous_not_seen", "negative_amorphous"} for note in result.notes)
    if share is not None and share.std and share.value > 3 * share.std and not doubted:
        said += f"\na-Si area share {share}"
    return said


def differences(results: Sequence[RamanResult]) -> Figure:
    """Each state minus the first, without baselines, stacked; bands are two standard uncertainties of the noise."""
    shown = [
        Difference(x=x, value=value, std=std, words=words(r.state or r.label, results[0].state or results[0].label))
        for r in results
        if r.difference is not None
        for x, value, std in (r.difference,)
    ]
    layers, high = difference_layers(shown)
    known = all(note.code != "exposure_unknown" for r in results for note in r.notes)
    x_axis = Axis(label="Raman shift", unit="cm^{−1}")
    panel = Panel(
        x=x_axis, y=difference_axis("counts s^{−1}" if known else "counts", high, len(shown)), layers=tuple(layers)
    )
    height = 45.0 + 12.0 * len(shown)
    return Figure(panels=(panel,), width_mm=90, panel_height_mm=height, simulated=simulated(results))


FIGURES = {"spectrum": spectrum, "differences": differences}
