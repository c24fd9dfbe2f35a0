"""``halfcell audit``: documents, the demo, a study's report; exit status and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from halfcell.cli import main

HEAD = "Materials\tInitial discharge capacity (mAh g-1)\tInitial charge capacity (mAh g-1)\tICE (%)"
GOOD = f"Table 1 Silicon anodes\n{HEAD}\nSi\t3916.2\t3275.4\t83.6\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document without a mistake."""
    path = tmp_path / "si.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_what_holds_is_status_0(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(document)]) == 0
    assert "no problems found" in capsys.readouterr().out


def test_what_fails_is_status_1(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document.write_text(GOOD.replace("83.6", "86.3"), encoding="utf-8")
    assert main(["audit", str(document)]) == 1
    assert "83.63 to 83.64 %; printed 86.3 %" in capsys.readouterr().out.replace("\n    ", " ")


def test_json_and_nothing_else(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(document), "--json", "--rule", "coulombic_efficiency"]) == 0
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert [f["rule"] for f in found["findings"]] == ["coulombic_efficiency"]
    assert captured.err == ""


def test_files_are_written(document: Path, tmp_path: Path) -> None:
    names = [tmp_path / f"audit.{suffix}" for suffix in ("html", "docx", "csv")]
    assert main(["audit", str(document), *(f"--{p.suffix[1:]}={p}" for p in names)]) == 0
    assert all(path.stat().st_size > 300 for path in names)


def test_the_demonstration_document_is_audited(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--demo"]) == 1
    assert "invented-supplement.md" in capsys.readouterr().out


def test_a_study_is_audited_by_its_own_report(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = tmp_path / "study"
    (study / "out").mkdir(parents=True)
    assert main(["audit", str(study)]) == 2
    assert "halfcell run" in capsys.readouterr().err
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in line.split(chr(9)))}</tr>" for line in GOOD.splitlines()[1:])
    (study / "out" / "review.html").write_text(
        f"<html><p>Table 1 Silicon anodes</p><table>{rows}</table></html>", encoding="utf-8"
    )
    (study / "study.toml").write_text("title = 'x'", encoding="utf-8")
    assert main(["audit", str(study)]) == 0
    assert main(["audit", str(study / "study.toml")]) == 0
    assert "1 table," in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "hint"), [([], "no document given"), (["nothere.docx"], "no such file"), (["--rule", "ic", "x.txt"], "")]
)
def test_wrong_use_is_status_2(words: list[str], hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text(GOOD, encoding="utf-8")
    given = [str(tmp_path / word) if word.endswith((".txt", ".docx")) else word for word in words]
    assert main(["audit", *given]) == 2
    captured = capsys.readouterr()
    assert hint in captured.err
    assert "Traceback" not in captured.err


def test_the_summary_comes_first_and_little_is_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("Table 1 Things\nFrobs\tQuux (zz)\tBlah\nA\t1.0\t2.0\nB\t2.0\t3.0\n", encoding="utf-8")
    assert main(["audit", str(path), "--checklist", "none"]) == 3
    out = capsys.readouterr().out
    assert "1 table, 0 understood; 1 of 3 columns understood; 0 checks decided" in out.splitlines()[0]
    assert "'Quux (zz)'" in out
    assert "nothing could be checked: little was understood" in out
    assert main(["audit", str(path), "--checklist", "none", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["understanding"]["little_understood"] is True


def test_heads_are_explained_and_taught(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, mine = tmp_path / "si.txt", tmp_path / "mine.toml"
    path.write_text(GOOD.replace("ICE", "Wirkungsgrad 1").replace("83.6", "86.3"), encoding="utf-8")
    assert main(["audit", str(path), "--explain-heads"]) == 0
    out = capsys.readouterr().out
    assert "'ICE" not in out
    assert "not understood (not in the lexicon: Wirkungsgrad, 1)" in out
    assert "initial discharge capacity, in mAh g-1" in out
    mine.write_text('[quantity.initial_coulombic_efficiency]\nwords = ["Wirkungsgrad 1"]\n', encoding="utf-8")
    assert main(["audit", str(path), "--lexicon", str(mine)]) == 1
    assert "printed 86.3 %" in capsys.readouterr().out.replace("\n    ", " ")


def test_a_folder_is_audited_one_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (folder / "b.txt").write_text(GOOD.replace("83.6", "86.3"), encoding="utf-8")
    (folder / "c.pdf").write_bytes(b"no pdf")
    table, page = tmp_path / "all.csv", tmp_path / "all.html"
    assert main(["audit", str(folder), f"--csv={table}", f"--html={page}"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("; ")[-1] for line in lines[:2]] == ["no problems found", "1 problem to look at"]
    assert "not" in lines[2]
    assert len(table.read_text(encoding="utf-8").splitlines()) == 4
    assert "b.txt" in page.read_text(encoding="utf-8")


def test_heads_of_several_documents(document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "b.txt"
    other.write_text(GOOD.replace("Table 1", "Table 7"), encoding="utf-8")
    main(["audit", str(document), str(other), "--explain-heads"])
    out = capsys.readouterr().out
    assert all(name in out for name in (str(document), str(other), "Table 1", "Table 7"))


def test_nothing_to_check_is_no_clean_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "text.txt"
    path.write_text("The anodes were made in the same way.\n", encoding="utf-8")
    assert main(["audit", str(path), "--checklist", "none"]) == 3
    assert "nothing was checked: no tables of numbers were found" in capsys.readouterr().out
    path.write_text("Table 1 Anodes\nMaterial\tICE (%)\nSi\t83.6\nSn\t70.1\n", encoding="utf-8")
    assert main(["audit", str(path), "--checklist", "none", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["understanding"]["result"] == "nothing could be checked"
