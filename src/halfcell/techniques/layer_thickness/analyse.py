"""From pictures of a layer to its thickness, its unevenness and the thickness of the coating."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.layer_thickness.measure import measured
from halfcell.techniques.layer_thickness.result import LayerThicknessResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.layer_thickness.result import MeasuredLayer
    from halfcell.techniques.layer_thickness.settings import Settings

_ENOUGH = 3  # pictures of a state: with fewer, how much places differ is not known
_DIFFER = 2.0  # times the variance within pictures: what that between them exceeds is another error
_STEEP = 8.0  # degrees: a section that is cut at an angle is too thick by the cosine, which no picture shows
_FEW = 3.0  # independent columns


def analyse(measurement: Measurement, settings: Settings) -> LayerThicknessResult:
    """The thickness of the layer in one picture: the mean distance of its edges, along their normal.

    Parameters
    ----------
    measurement
        ``image``, grey values of shape (rows, columns); the size of a pixel (nm) from its head or the settings.
    settings
        Crop, scale, and the thickness of a collector.

    Returns
    -------
    LayerThicknessResult
        Thickness of layer and coating (um) with their uncertainties, unevenness, and both edges.

    Raises
    ------
    InputError
        If the crop lies outside the picture.
    Refused
        If the picture has no scale, no clear edges, or too little contrast.

    Source: definition; the edges are those of `maths.layer_edges`.
    """
    return of_pictures([measurement], settings, "")


def of_pictures(measurements: Sequence[Measurement], settings: Settings, state: str) -> LayerThicknessResult:
    """The mean over the pictures of one state.

    Parameters
    ----------
    measurements
        Pictures, as `analyse` takes them.
    settings
        As `analyse`.
    state
        Its name.

    Returns
    -------
    LayerThicknessResult
        Thickness (um); its uncertainty joins that of each picture with the scatter between them.

    Source: definition.
    """
    found = [measured(one, settings) for one in measurements]
    layers = tuple(layer for layer, _ in found)
    notes = dict.fromkeys(note for _, said in found for note in said)
    thickness = _mean(layers)
    return LayerThicknessResult(
        technique="layer_thickness",
        quantities=_quantities(layers, thickness, settings),
        rows=tuple(_row(number, layer, state) for number, layer in enumerate(layers, 1)),
        notes=(*notes, *_notes(layers, thickness, settings)),
        simulated=any(one.is_simulated for one in measurements),
        layers=layers,
        label=state,  # by which a study tells the states of a sample apart
        state=state,
        collector_std=settings.collector_std_um if settings.collector_um else 0.0,
    )


def _mean(layers: Sequence[MeasuredLayer]) -> Quantity:
    """Mean over the pictures; its error is that between them where it exceeds the one within."""
    means = np.array([layer.mean for layer in layers])
    within = float(np.mean([layer.std**2 for layer in layers])) / len(layers)
    std = np.sqrt(within)
    if len(layers) > 1:
        between = float(means.var(ddof=1)) / len(layers)
        if between > _DIFFER * within:
            std = np.sqrt(between) * _few(len(layers))
    scale = layers[0].scale * float(means.mean())
    return Quantity(float(means.mean()), "um", float(np.hypot(std, scale)), "propagated")


def _few(count: int) -> float:
    """How much wider the 95 % interval of a few values is than twice their standard error."""
    from scipy import stats

    return float(stats.t.ppf(0.975, count - 1) / stats.norm.ppf(0.975))


def _quantities(layers: Sequence[MeasuredLayer], thickness: Quantity, settings: Settings) -> Mapping[str, Quantity]:
    made = {"layer_thickness": thickness}
    foil = settings.collector_um or 0.0
    coating = thickness.value - foil
    if coating > 0:
        std = float(np.hypot(thickness.std or 0.0, settings.collector_std_um if foil else 0.0))
        made["coating_thickness"] = Quantity(coating, "um", std, "propagated")
    spread = float(np.sqrt(np.mean([layer.thickness.var() for layer in layers])))
    made["unevenness"] = Quantity(spread, "um", decimals=max(0, 2 - int(np.floor(np.log10(max(spread, 1e-9)))) - 1))
    made["pictures"] = Quantity(float(len(layers)), "", decimals=0)
    return made


def _row(number: int, layer: MeasuredLayer, state: str) -> dict[str, float | int | str]:
    return {
        "state": state,
        "picture": number,
        "thickness": layer.mean,
        "thickness_std": layer.std,
        "unevenness": float(layer.thickness.std()),
        "tilt": float(np.degrees(np.arctan(layer.slope))),
        "columns": len(layer.thickness),
        "independent_columns": layer.count,
        "step_over_noise": layer.contrast,
    }


def _notes(layers: Sequence[MeasuredLayer], thickness: Quantity, settings: Settings) -> Iterator[Note]:
    if settings.collector_um is None:
        text = (
            "Whether a current collector lies between the edges is not stated: the layer is taken as the coating alone."
            " With a foil in it, changes are understated; set collector_um to its thickness, or to 0."
        )
        yield Note("doubt", "collector_not_stated", text)
    elif settings.collector_um >= thickness.value:
        text = f"The collector ({settings.collector_um:g} um) is as thick as the layer: no thickness of the coating."
        yield Note("refused", "collector_too_thick", text)
    if len(layers) < _ENOUGH:
        one = "one picture" if len(layers) == 1 else f"{len(layers)} pictures"
        text = f"From {one}: how much the layer differs from place to place is not known; take at least {_ENOUGH}."
        yield Note("doubt", "few_pictures", text)
    steep = max(abs(float(np.degrees(np.arctan(layer.slope)))) for layer in layers)
    if steep > _STEEP:
        text = f"The layer is tilted by {steep:.0f}° in the picture, which is corrected; was the section cut upright?"
        yield Note("doubt", "tilted", text)
    fewest = min(layer.count for layer in layers)
    if fewest < _FEW:
        text = f"Only about {fewest:.0f} columns are independent: the layer is uneven over the width of the picture."
        yield Note("doubt", "uneven", text)
