"""Another picture in the corner of one: a diffraction pattern beside its lattice image, with a scale bar of its own."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Panel
from halfcell.techniques.common.picture_panel import ShownPicture, image

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.microscopy.settings import Settings

_EDGE = 320  # pixels of the longer edge: 600 dpi over a third of a column
_LEVELS = 255  # of a grey picture of 8 bits
_BOTH = 2  # edges of a pixel


def inset_picture(measurement: Measurement, settings: Settings) -> str:  # noqa: ARG001
    """The picture of a file as text: grey values of 8 bits (of a pattern their logarithm), and the size of its pixels.

    Raises
    ------
    InputError
        If the file holds no picture.
    """
    if measurement.technique != "microscopy":
        raise InputError("inset_picture: the file holds no picture", measurement.where)
    meta = measurement.meta
    per_nm = bool(meta.get("pixel_width_per_nm"))
    values = np.asarray(measurement["image"], dtype=float)
    if per_nm:
        values = np.log1p(np.maximum(values - np.percentile(values, 0.1), 0.0))
    step = max(-(-max(values.shape) // _EDGE), 1)
    rows, columns = (n // step * step for n in values.shape)
    values = values[:rows, :columns].reshape(rows // step, step, columns // step, step).mean(axis=(1, 3))
    low, high = (float(v) for v in np.percentile(values, (0.5, 99.7)))
    grey = np.clip((values - low) / max(high - low, 1e-300), 0.0, 1.0) * _LEVELS
    unit = "per_nm" if per_nm else "nm"
    edges = [meta.get(f"pixel_{edge}_{unit}") for edge in ("height", "width")]
    facts = {
        "shape": values.shape,
        "pixel": [step * float(edge) for edge in edges if edge],
        "per_nm": per_nm,
        "grey": base64.b64encode(zlib.compress(np.round(grey).astype("u1").tobytes(), 9)).decode(),
    }
    return json.dumps(facts, sort_keys=True)


def inset_panel(text: str, settings: Mapping[str, Any]) -> Panel:
    """The picture as a small panel.

    Raises
    ------
    InputError
        If the text is no picture: the file was not read.
    """
    try:
        facts = json.loads(text)
        grey = np.frombuffer(zlib.decompress(base64.b64decode(facts["grey"])), "u1").reshape(facts["shape"])
        pixel = (float(facts["pixel"][0]), float(facts["pixel"][1])) if len(facts["pixel"]) == _BOTH else None
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        hint = "from Python: inset_picture(measurement, settings)"
        raise InputError(f"the file {text[:60]!r} was not read", "inset_picture", hint) from error
    corner = "none" if settings.get("bar_place") == "none" else "lower left"
    look = {"bar_place": corner, "bar_colour": settings.get("bar_colour", "white"), "contrast": (0.0, 100.0)}
    shown = ShownPicture(values=grey.astype(float), pixel=pixel, per_nm=bool(facts["per_nm"]), settings=look)
    width, height = shown.field
    return Panel(
        x=Axis(hidden=True, low=0.0, high=width),
        y=Axis(hidden=True, low=0.0, high=height),
        layers=(image(shown),),
        equal=True,
        legend="none",
    )
