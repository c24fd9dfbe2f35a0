"""Several pictures of a layer in several states: the mean of each state and its change from the reference."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.state_differences import state_name
from halfcell.techniques.layer_thickness.analyse import of_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.layer_thickness.result import LayerThicknessResult
    from halfcell.techniques.layer_thickness.settings import Settings

_SAME_PIXEL = 1e-3  # relative: pictures of one pixel size share the error of the scale


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[LayerThicknessResult, ...]:
    r"""The thickness of each state over its pictures, and its change from the reference state.

    The reference comes first. Files are of one state where the tag ``{state}`` in their names is the same. Changes are
    :math:`100 (t/t_0 - 1)`, its uncertainty that of both means; the scale enters only where the sizes of the pixels
    differ, since otherwise it is one and the same error.

    Raises
    ------
    InputError
        If no state has the name of the reference.
    """
    states: dict[str, list[Measurement]] = {}
    for measurement in measurements:
        tagged = "state" in measurement.meta.get("tags", {})
        states.setdefault(state_name(measurement) if tagged else "", []).append(measurement)
    found = {state: of_pictures(pictures, settings, state) for state, pictures in states.items()}
    reference = settings.reference_state or next(iter(found))
    if reference not in found:
        raise InputError(f"no state {reference!r}", "reference_state", f"there are {', '.join(found)}")
    changed = (_with_change(one, found[reference], reference) for state, one in found.items() if state != reference)
    return (found[reference], *changed)


def _with_change(result: LayerThicknessResult, reference: LayerThicknessResult, name: str) -> LayerThicknessResult:
    """The result with its change from the reference; none where either has no coating thickness."""
    if "coating_thickness" not in result.quantities or "coating_thickness" not in reference.quantities:
        return result
    now, before = result["coating_thickness"], reference["coating_thickness"]
    ratio = now.value / before.value
    std = ratio * _relative_std(result, reference)
    change = Quantity(100.0 * (ratio - 1.0), "%", 100.0 * std, "propagated")
    note = Note("info", "reference_state", f"The change is counted from the state {name or 'of the first picture'}.")
    return dataclasses.replace(
        result, quantities={**result.quantities, "thickness_change": change}, notes=(*result.notes, note)
    )


def _relative_std(result: LayerThicknessResult, reference: LayerThicknessResult) -> float:
    """Relative standard uncertainty of the ratio of two coatings.

    Each mean has its own error. The foil is the same in both, and so is the scale where the pixels are of one size:
    what they do to one coating they do to the other, and only the difference counts.
    """
    pair = (result, reference)
    coating = [one["coating_thickness"].value for one in pair]
    layer = [one["layer_thickness"].value for one in pair]
    scale = [one.layers[0].scale * thick / coat for one, thick, coat in zip(pair, layer, coating, strict=True)]
    whole = [(one["layer_thickness"].std or 0.0) / coat for one, coat in zip(pair, coating, strict=True)]
    own = sum(max(w**2 - s**2, 0.0) for w, s in zip(whole, scale, strict=True))
    foil = result.collector_std * (1.0 / coating[0] - 1.0 / coating[1])
    pixels = [one.layers[0].pixel[0] for one in pair]
    is_shared = abs(pixels[0] / pixels[1] - 1.0) < _SAME_PIXEL
    common = (scale[0] - scale[1]) ** 2 if is_shared else scale[0] ** 2 + scale[1] ** 2
    return float(np.sqrt(own + foil**2 + common))
