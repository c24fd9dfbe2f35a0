"""The parts of a circuit in series, by the positions of their parameters; other circuits have no such layout."""

from __future__ import annotations

import pytest

from halfcell.maths.circuit.model import build
from halfcell.maths.circuit.series_layout import layout


def _named(text: str) -> tuple[str, str, list[tuple[str, ...]], str, tuple[str, ...]]:
    """Names of the parameters of resistor, inductor, arcs and tail; an empty text for what is missing."""
    model = build(text)
    plan = layout(model)
    assert plan is not None

    def name(place: int | None) -> str:
        return model.names[place] if place is not None else ""

    arcs = [tuple(name(place) for place in (arc.resistance, arc.q, arc.n)) for arc in plan.arcs]
    return name(plan.resistor), name(plan.inductor), arcs, plan.tail, tuple(map(name, plan.tail_places))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("R0-p(R1,CPE1)-W1", ("R0", "", [("R1", "CPE1_Q", "CPE1_n")], "W", ("W1",))),
        ("L0-R0-p(R1,C1)-CPE3", ("R0", "L0", [("R1", "C1", "")], "CPE", ("CPE3_Q", "CPE3_n"))),
        ("Wo1-p(C1,R1)-R0", ("R0", "", [("R1", "C1", "")], "Wo", ("Wo1_Z0", "Wo1_tau"))),
        ("p(R1,C1)", ("", "", [("R1", "C1", "")], "", ())),
        ("R0", ("R0", "", [], "", ())),
        ("L0-C0", ("", "L0", [], "C", ("C0",))),
        ("Zarc1-K2", ("", "", [("Zarc1_R", "Zarc1_tau", "Zarc1_n"), ("K2_R", "K2_tau", "")], "", ())),
        ("R0-Wsp1", ("R0", "", [], "Wsp", ("Wsp1_Z0", "Wsp1_tau", "Wsp1_p"))),
        ("R0-G1", ("R0", "", [], "G", ("G1_R", "G1_tau"))),
        ("R0-TLM1", ("R0", "", [], "TLM", ("TLM1_Rion", "TLM1_Rct", "TLM1_Q", "TLM1_n"))),
        ("R-p(R_1,CPE_1)-CPE", ("R", "", [("R_1", "CPE_1_Q", "CPE_1_n")], "CPE", ("CPE_Q", "CPE_n"))),
        ("p(R_1,C_1)-R-C", ("R", "", [("R_1", "C_1", "")], "C", ("C",))),
    ],
)
def test_a_series_is_resistor_inductor_arcs_and_one_tail(text: str, parts: object) -> None:
    assert _named(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "R0-p(R1-W1,CPE1)",  # a nested branch is no arc in series
        "R0-R1-p(R2,C2)",
        "L0-L1-R0",
        "R0-W1-CPE1",
        "R0-H1-p(R1,C1)",
        "R0-La1-p(R1,C1)",
        "p(R1,C1,CPE1)-R0",
        "R0-p(R1,L1)",
        "p(R0-p(R1,C1),C0)",
    ],
)
def test_other_circuits_have_no_such_parts(text: str) -> None:
    assert layout(build(text)) is None
