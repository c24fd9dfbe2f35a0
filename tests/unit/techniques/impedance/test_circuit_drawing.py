"""Equivalent circuits are drawn from their strings, alone and above the arcs of a Nyquist plot."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.figure import Arrow, Panel, Points, Shape, Text
from halfcell.maths.circuit.grammar import leaves, parse
from halfcell.techniques import impedance
from halfcell.techniques.impedance import Parameters, Settings
from halfcell.techniques.impedance.circuit_drawing import circuit_panel, ratio

CIRCUITS = (
    "R0",
    "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W",
    "R0-L0-p(R1-W1,C1)-Zarc2",
    "p(R1-p(R2,CPE2),CPE1)-Wo3",
    "p(R1,C1,L1)-G2-H3-K4-La5",
)


def _segments(panel: Panel) -> list[tuple[complex, complex]]:
    """All strokes, a box as its two ends on the wire."""
    found = [(complex(a.x0, a.y0), complex(a.x1, a.y1)) for a in panel.layers if isinstance(a, Arrow)]
    for box in (layer for layer in panel.layers if isinstance(layer, Shape)):
        middle = float((box.y.min() + box.y.max()) / 2)
        found.append((complex(box.x.min(), middle), complex(box.x.max(), middle)))
    return found


def _touch(end: complex, stroke: tuple[complex, complex]) -> bool:
    """Whether a point lies on a stroke."""
    a, b = stroke
    along = abs(b - a) or 1.0
    across = ((end - a) * (b - a).conjugate()) / along
    return abs(across.imag) < 1e-6 and -1e-6 <= across.real <= along + 1e-6


@pytest.mark.parametrize("text", CIRCUITS)
def test_every_element_has_its_name_and_lies_inside_the_panel(text: str) -> None:
    panel = circuit_panel(text)
    names = [layer.text.replace("_{", "").replace("}", "") for layer in panel.layers if isinstance(layer, Text)]
    assert set(map(str, leaves(parse(text)))) <= set(names)
    assert panel.x.low is not None
    assert panel.x.high is not None
    for ends in _segments(panel):
        for end in ends:
            assert panel.x.low - 1e-9 <= end.real <= panel.x.high + 1e-9
            assert (panel.y.low or 0.0) <= end.imag <= (panel.y.high or 0.0)
    assert ratio(text) == pytest.approx(((panel.y.high or 0.0) - (panel.y.low or 0.0)) / (panel.x.high - panel.x.low))


@pytest.mark.parametrize(
    "text", [text for text in CIRCUITS if "CPE" not in text and "C1" not in text and "L" not in text]
)
def test_wires_lead_from_one_end_to_the_other(text: str) -> None:
    strokes = _segments(circuit_panel(text))
    reached, left = [strokes[0]], strokes[1:]
    while touching := [s for s in left if any(_touch(e, r) or _touch(f, s) for r in reached for e in s for f in r)]:
        reached += touching
        left = [s for s in left if s not in touching]
    assert left == []


def test_the_circuit_stands_above_the_arcs_of_a_nyquist_plot() -> None:
    circuit = "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W"
    made = impedance.simulate(Parameters(noise_percent=0.3), np.random.default_rng(1))
    result = impedance.analyse(made, Settings(circuit=circuit))
    (panel,) = impedance.FIGURES["nyquist"]([result]).panels
    assert panel.inset is not None
    low, high = panel.y.low or 0.0, panel.y.high or 0.0
    bottom = low + panel.inset_box[1] * (high - low)
    assert max(float(layer.y.max()) for layer in panel.layers if isinstance(layer, Points)) < bottom
    (alone,) = impedance.FIGURES["circuit"]([result]).panels
    assert len(alone.layers) == len(panel.inset.layers)
    (data,) = impedance.FIGURES["nyquist data"]([result]).panels
    assert data.inset is None
