"""What a circuit string may hold, and the whole of what is said of one that cannot be read: what, where, a hint."""

from __future__ import annotations

import pytest

from halfcell.core.errors import InputError
from halfcell.maths.circuit.grammar import Element, Parallel, Series, leaves, parse

USUAL = "write it like R0-p(R1,CPE1)-W1"
SYMBOLS = "the symbols are Q, R, C, L, La, CPE, W, Ws, Wo, Wsp, Wop, TLM, Zarc, K, G, H"


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("", "the circuit is empty", USUAL),
        ("  ", "the circuit is empty", USUAL),
        ("R0-p(R1,CPE1", "')' is missing at character 12 of the circuit 'R0-p(R1,CPE1'", USUAL),
        ("R0-p(R1-W1", "')' is missing at character 10 of the circuit 'R0-p(R1-W1'", USUAL),
        ("(R0||R1", "')' is missing at character 7 of the circuit '(R0||R1'", USUAL),
        ("R0-p(R1,CPE1))", "unexpected ')' at character 14 of the circuit 'R0-p(R1,CPE1))'", USUAL),
        ("R0--R1", "an element is missing at character 4 of the circuit 'R0--R1'", USUAL),
        ("R0-", "an element is missing at character 3 of the circuit 'R0-'", USUAL),
        ("R0-p(,R1)", "an element is missing at character 6 of the circuit 'R0-p(,R1)'", USUAL),
        ("R1||", "an element is missing at character 4 of the circuit 'R1||'", USUAL),
        ("R()", "an element is missing at character 3 of the circuit 'R()'", USUAL),
        ("R([]C)", "an element is missing at character 4 of the circuit 'R([]C)'", USUAL),
        (")R", "an element is missing at character 1 of the circuit ')R'", USUAL),
        ("R(RQ", "')' is missing at character 4 of the circuit 'R(RQ'", USUAL),
        ("R([RW)", "']' is missing at character 6 of the circuit 'R([RW)'", USUAL),
        ("R(RC))", "unexpected ')' at character 6 of the circuit 'R(RC))'", USUAL),
        ("R{:a}{:b}", "an element is missing at character 6 of the circuit 'R{:a}{:b}'", USUAL),
        (
            "R{:a-b}C",
            "the label 'a-b' is not of letters, digits and underscores at character 2 of the circuit 'R{:a-b}C'",
            USUAL,
        ),
        ("R0-p(R1;C1)", "cannot read ';C1)' in the circuit 'R0-p(R1;C1)'", USUAL),
        ("R0-p(R1,C1)/R2-long", "cannot read '/R2-long' in the circuit 'R0-p(R1,C1)/R2-long'", USUAL),
        ("R0 -  ;abcdefghij", "cannot read ';abcdefg' in the circuit 'R0 -  ;abcdefghij'", USUAL),
        ("R0-X1", "unknown element 'X1' in the circuit 'R0-X1'", ""),
        ("R0-CPQ1", "", ""),
        ("RX", "unknown element 'X' in the circuit 'RX'", SYMBOLS),
        ("R(CX)", "unknown element 'X' in the circuit 'R(CX)'", SYMBOLS),
        ("R0-R0", "R0 appears more than once in the circuit 'R0-R0'", "give each element its own name"),
        ("R0-R0-W1-W1", "R0, W1 appears more than once in the circuit 'R0-R0-W1-W1'", "give each element its own name"),
    ],
)
def test_an_error_says_what_where_and_how_to_write_it(text: str, what: str, hint: str) -> None:
    if not what:
        assert parse(text) == Series((Element("R", "R0"), Element("C", "CPQ1"))), "C with the name PQ1"
        return
    with pytest.raises(InputError, match="circuit") as caught:
        parse(text)
    assert caught.value.what == what
    assert caught.value.hint.startswith(hint)


def test_a_misspelled_element_is_guessed() -> None:
    with pytest.raises(InputError, match="unknown element 'Zrac'") as caught:
        parse("R0-Zrac")
    assert caught.value.hint == "did you mean 'Zarc'?"


@pytest.mark.parametrize("sign", ["-", " - ", "–", "—", "−", "+"])
def test_every_dash_is_a_series(sign: str) -> None:
    assert parse(f"R0{sign}C1") == Series((Element("R", "R0"), Element("C", "C1")))


@pytest.mark.parametrize("text", ["R1||C1", "R1∥C1", "(R1||C1)", "p(R1,C1)", " p( R1 , C1 ) "])
def test_every_pair_of_bars_is_parallel(text: str) -> None:
    assert parse(text) == Parallel((Element("R", "R1"), Element("C", "C1")))


def test_bars_bind_closer_than_dashes_and_brackets_closer_than_both() -> None:
    one = parse("R0-R1||C1-W1")
    assert str(one) == "R0-p(R1,C1)-W1"
    assert str(parse("R0-(R1-W1)||C1")) == "R0-p(R1-W1,C1)"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("R0-(R1-R2)", "R0-R1-R2"),
        ("(R0-R1)-R2", "R0-R1-R2"),
        ("p(R0,p(R1,C1))", "p(R0,R1,C1)"),
        ("p(R0,(R1||C1))", "p(R0,R1,C1)"),
        ("p(R0)", "R0"),
        ("((R0))-C1", "R0-C1"),
        ("R[RC]", "R1-R2-C"),
    ],
)
def test_a_series_in_a_series_is_one_and_so_is_a_parallel(text: str, plain: str) -> None:
    assert str(parse(text)) == plain


def test_leaves_are_told_from_left_to_right() -> None:
    assert [leaf.name for leaf in leaves(parse("R0-p(R1-W1,CPE1)-C2"))] == ["R0", "R1", "W1", "CPE1", "C2"]
    assert leaves(Element("R", "R0")) == (Element("R", "R0"),)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("R(RQ)W", ["R1", "R2", "CPE", "W"]),
        ("R1(R2C1)", ["R1", "R2", "C1"]),
        ("LR(C[R(RQ)])", ["L", "R1", "C", "R2", "R3", "CPE"]),
        ("RWsp", ["R", "Wsp"]),
        ("R12Wo3", ["R12", "Wo3"]),
        ("R{:ohm}(R{:ct}C{:dl})", ["Rohm", "Rct", "Cdl"]),
        ("R{5:a}C{ 3e-6 : dl }", ["Ra", "Cdl"]),
        ("R{1e2,1,1e4:a}C", ["Ra", "C"]),
        ("R{:s}(R{:a_1}C)W{:s}", ["Rs", "Ra_1", "C", "W_s"]),
        ("L{:a}R", ["L_a", "R"]),
        ("R{5}C", ["R", "C"]),
        ("RWsp(RC)", ["R1", "Wsp", "R2", "C"]),
        ("R{:}R", ["R1", "R2"]),
        ("R3R{:x}", ["R3", "Rx"]),
        ("RR{:x}R", ["R1", "Rx", "R2"]),
        ("Zarc(RLa)", ["Zarc", "R", "La"]),
    ],
)
def test_a_circuit_description_code_names_its_elements(text: str, names: list[str]) -> None:
    assert [leaf.name for leaf in leaves(parse(text))] == names


def test_the_longest_symbol_is_the_kind() -> None:
    kinds = [leaf.kind for leaf in leaves(parse("La1-L2-Wsp1-Ws2-Wop3-Wo4-W5-CPE6-C7-Q8-Zarc9-TLM10"))]
    assert kinds == ["La", "L", "Wsp", "Ws", "Wop", "Wo", "W", "CPE", "C", "CPE", "Zarc", "TLM"]
    assert [leaf.name for leaf in leaves(parse("R0-Q8"))] == ["R0", "CPE8"], "Q is a constant-phase element"


def test_two_elements_without_names_in_a_drawn_circuit_are_numbered() -> None:
    assert [leaf.name for leaf in leaves(parse("R-p(R,C)-W"))] == ["R1", "R2", "C", "W"]


@pytest.mark.parametrize("text", ["R{:s}(R{:ct}Q{:ct})W{:s}", "L{:a}R(RC)", "W{:op}R", "R(RQ)([RW]C)", "C{:PE}R"])
def test_what_is_written_out_is_the_same_circuit(text: str) -> None:
    assert parse(str(parse(text))) == parse(text)
