"""Slips at the command line: the answer names what was probably meant."""

from __future__ import annotations

import pytest

from halfcell.cli import main


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["report", "--format", "word"], "did you mean 'docx'?"),
        (["report", "--format", "pdf,docx"], "separate them by spaces: pdf docx"),
        (["report", "--format", "htm"], "did you mean 'html'?"),
        (["list", "figures"], "did you mean 'shows'?"),
        (["list", "technique"], "did you mean 'techniques'?"),
        (["analyse", "a.csv", "--set", "kind", "half"], "a setting is one word: --set NAME=VALUE"),
        (["analyse", "a.csv", "--sets", "kind=half"], "did you mean '--set'?"),
        (["run", "--wrkers", "2"], "did you mean '--workers'"),
    ],
)
def test_of_words(words: list[str], hint: str, capsys) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert f"(hint: {hint}" in capsys.readouterr().err


def test_of_files(tmp_path, capsys) -> None:
    (tmp_path / "A1.res").write_text("x")
    assert main(["read", str(tmp_path / "a1.res")]) == 2
    assert "no such file (hint: did you mean 'A1.res'?)" in capsys.readouterr().err
    assert main(["read", str(tmp_path / "raw" / "A1.res")]) == 2
    assert f"(hint: there is no folder {tmp_path / 'raw'})" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "study"), "--from", str(tmp_path / "A1.res")]) == 2
    assert f"this is a file, not a folder (hint: name its folder: --from {tmp_path})" in capsys.readouterr().err


def test_of_phases(capsys) -> None:
    assert main(["list", "phases", "Tin"]) == 2
    assert "did you mean 'beta-Sn' or 'alpha-Sn'?" in capsys.readouterr().err
