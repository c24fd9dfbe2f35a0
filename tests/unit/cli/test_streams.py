"""What verbs print arrives whole on every system: pipes in a code page, terminals without ANSI, odd names."""

import io
import json
import os
import sys

import pytest

from halfcell.cli import main
from halfcell.cli.common.streams import has_progress_line, print_json, progress_line, writable_streams


def printed(text: str, encoding: str, monkeypatch: pytest.MonkeyPatch, errors: str = "strict") -> str:
    """What stands in a pipe of this encoding after a text was printed."""
    pipe = io.BytesIO()
    stream = io.TextIOWrapper(pipe, encoding=encoding, errors=errors, newline="\n")
    monkeypatch.setattr(sys, "stdout", stream)
    with writable_streams():
        print(text)
        stream.flush()
    assert stream.errors == errors
    return pipe.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp932", "latin-1", "ascii"])
def test_the_sign_of_a_number_survives_a_code_page(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """U+2212 is in none of these but 932; as ``?`` it would leave another number."""
    said = printed("−3.5(2) mV", encoding, monkeypatch)
    assert said.replace("－", "-") == "-3.5(2) mV\n"  # the minus sign of code page 932 is a full-width one


def test_what_has_no_plain_form_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed("1 × 10⁻³ Å, 样", "ascii", monkeypatch) == "1 x 10^-^3 A, \\u6837\n"


def test_utf8_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed("−1 µΩ 样", "utf-8", monkeypatch) == "−1 µΩ 样\n"


def test_a_name_that_is_no_text_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed("Pr\udcfcf.mpt", "utf-8", monkeypatch) == "Pr\\xfcf.mpt\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_json_is_the_same_document_in_every_encoding(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe, encoding=encoding, newline="\n"))
    content = {"value": "−3.5", "path": "größe/样\udcfc.mpt"}
    print_json(content)
    sys.stdout.flush()
    assert json.loads(pipe.getvalue().decode(encoding)) == content


def test_a_verb_ends_in_a_pipe_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit prints the minus signs, arrows and units of a document."""
    pipe = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe, encoding="cp1252", newline="\n"))
    assert main(["audit", "--demo", "--all"]) == 1
    sys.stdout.flush()
    assert len(pipe.getvalue().decode("cp1252").splitlines()) > 50


def test_no_ansi_sequence_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((20, 5)))
    line = progress_line("[####....] 4/8 items being made")
    assert line == f"\r{' ' * 19}\r[####....] 4/8 i..."
    assert progress_line("") == f"\r{' ' * 19}\r"


def test_a_terminal_that_cannot_overwrite_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    assert has_progress_line(Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert not has_progress_line(Terminal())
    assert not has_progress_line(None)  # pythonw.exe has no streams
