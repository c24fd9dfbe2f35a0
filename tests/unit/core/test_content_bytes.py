"""Equal records have the same bytes, whatever objects they share; other records have others."""

from __future__ import annotations

import pickle

import numpy as np

from halfcell.core.content_bytes import content_bytes
from halfcell.core.figure import Axis, Figure, Line, Panel


def _figure(*labels: str, shared: bool) -> Figure:
    values = np.arange(5.0)
    lines = tuple(Line(x=values if shared else values.copy(), y=values, label=label) for label in labels)
    return Figure(panels=(Panel(x=Axis(label=labels[0]), layers=lines),))


def test_bytes_do_not_tell_what_is_one_object() -> None:
    name, alike = (str(np.array("capacity")) for _ in range(2))
    one, two = _figure(name, name, shared=True), _figure(name, alike, shared=False)
    assert pickle.dumps(one) != pickle.dumps(two)
    assert content_bytes(one) == content_bytes(two)


def test_other_content_has_other_bytes() -> None:
    assert content_bytes(_figure("a", "b", shared=True)) != content_bytes(_figure("a", "c", shared=True))
    assert content_bytes([1.0, 2]) != content_bytes([1, 2.0])
