"""Circuit strings of three grammars become one tree; what cannot be read is refused with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.core.errors import InputError
from halfcell.maths.circuit.grammar import leaves, parse
from halfcell.maths.circuit.model import build

SAME = (
    "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W",
    "Rs–(Rint||CPEint)–(Rct||CPEct)–W",
    "Rs - p(Rint, CPEint) - p(Rct, CPEct) - W",
    "R{:s}(R{:int}Q{:int})(R{:ct}Q{:ct})W",
)


@pytest.mark.parametrize("text", SAME)
def test_three_ways_of_writing_are_one_tree(text: str) -> None:
    assert parse(text) == parse(SAME[0])


def test_cdc_without_names_is_numbered() -> None:
    assert str(parse("R(RQ)([RW]C)")) == "R1-p(R2,CPE)-p(R3-W,C)"


def test_names_of_parameters() -> None:
    names = build(SAME[0]).names
    assert names == ("Rs", "Rint", "CPEint_Q", "CPEint_n", "Rct", "CPEct_Q", "CPEct_n", "W")


def test_nested_randles_has_its_arc() -> None:
    model = build("R0-p(R1-Wo1,C2)")
    assert [(a.name, a.joined) for a in model.arcs] == [("1", False)]
    assert model.names == ("R0", "R1", "Wo1_Z0", "Wo1_tau", "C2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("R0-p(R1,CPE1", "')' is missing"),
        ("R0-p(R1,CPE1))", "unexpected ')'"),
        ("R0--R1", "an element is missing at character 4"),
        ("R0-X1", "unknown element 'X1'"),
        ("R0-R0", "appears more than once"),
        ("R(RQ", "')' is missing"),
        ("R0-p(R1;C1)", "cannot read ';C1)'"),
        ("__import__('os')", "cannot read"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, words: str) -> None:
    with pytest.raises(InputError, match="circuit") as caught:
        parse(text)
    assert words in str(caught.value)


@given(st.text(alphabet="RCLQWps0123-,()[]|{}: ", max_size=30))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        tree = parse(text)
    except InputError:
        return
    assert parse(str(tree)) == tree
    assert len(leaves(tree)) >= 1
