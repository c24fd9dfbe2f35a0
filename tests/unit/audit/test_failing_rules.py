"""A rule or an extractor that fails stops no other: the audit goes on and says so in every output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from foreign_packages import install
from halfcell.audit import Report, Settings, Verdict, audit_file
from halfcell.audit.rule_texts import rule_text
from halfcell.audit.rules import coulombic_efficiency
from halfcell.cli import main
from halfcell.core.errors import InputError, PluginError, PluginWarning, UnrecognisedFile
from halfcell.report.audit.csv import text as as_csv
from halfcell.report.audit.docx import docx
from halfcell.report.audit.html import html
from halfcell.report.audit.json import as_json
from halfcell.report.audit.text import text

HEADER = "Materials\tInitial discharge capacity (mAh g-1)\tInitial charge capacity (mAh g-1)\tICE (%)"
TABLE = f"Table 1 Silicon anodes\n{HEADER}\nSi\t3916.2\t3275.4\t83.6\n"
RULE = '''"""An invented claim."""
from halfcell.audit.claims import Claim, Finding, Verdict
FORMULA = "1 = 1"
LIMITS = "None."
def check(facts):
    CHECK
'''
FAILING = {
    "yield from ()\n    1 / 0": "ZeroDivisionError: division by zero",
    "exit()": "SystemExit: None",
    "yield 3": "TypeError: it yields int, neither a Claim nor a Finding",
    "yield Claim(rule='own', what='x', target=None)": "AttributeError: ",
    "yield Finding(rule='own', verdict=Verdict.SEEN, severity='bad', what='x', explain='')": "ValueError: it yields",
    "return None": "TypeError: 'NoneType' object is not iterable",
}


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A table whose efficiency holds."""
    path = tmp_path / "si.txt"
    path.write_text(TABLE, encoding="utf-8")
    return path


def _install(packages: Path, check: str) -> None:
    module = {"own_rule.py": RULE.replace("CHECK", check)}
    install(packages, "halfcell-own", {"rules.own": "own_rule"}, module, "2.0")


def _failures(report: Report) -> list[str]:
    return [finding.explain for finding in report.findings if finding.verdict is Verdict.BROKEN_RULE]


@pytest.mark.parametrize("check", FAILING)
def test_a_rule_that_fails_is_a_finding_of_its_own_kind(packages: Path, document: Path, check: str) -> None:
    before = audit_file(document)
    _install(packages, check)
    report = audit_file(document)
    (failure,) = (finding for finding in report.findings if finding.rule == "own")
    assert failure.verdict is Verdict.BROKEN_RULE
    assert failure.is_alarm
    assert not failure.is_check
    assert failure.what == "the rule 'own' of halfcell-own 2.0 failed, so it checked nothing"
    assert failure.explain.startswith(FAILING[check])
    assert "(the details are in " in failure.explain
    assert [f for f in report.findings if f is not failure] == list(before.findings)


def test_a_rule_of_halfcell_stops_no_other_either(document: Path, monkeypatch) -> None:
    monkeypatch.setattr(coulombic_efficiency, "check", lambda _: 1 / 0)
    report = audit_file(document)
    assert len(_failures(report)) == 1
    assert {finding.rule for finding in report.findings} > {"coulombic_efficiency"}


def test_every_form_of_the_report_says_so(packages: Path, document: Path) -> None:
    beginning = text(audit_file(document)).splitlines()[0]
    columns = html(audit_file(document)).count("<th>")
    _install(packages, "1 / 0")
    report = audit_file(document)
    said = "the rule 'own' of halfcell-own 2.0 failed"
    assert text(report).splitlines()[0] == beginning, "it is no check"
    assert "1 problem to look at" in text(report).splitlines()
    assert f"WARNING    {said}, so it checked nothing  [own]" in text(report)
    (found,) = (finding for finding in as_json(report)["findings"] if finding["rule"] == "own")
    assert (found["verdict"], found["severity"], found["alarm"]) == ("the rule failed", "warning", True)
    rows = list(csv.reader(io.StringIO(as_csv(report))))
    assert [row[1] for row in rows if row[2] == "own"] == ["the rule failed"]
    page = html(report)
    assert "the rule &#x27;own&#x27; of halfcell-own 2.0 failed" in page
    assert page.count("<th>") == columns + 1
    assert len(docx(report)) > 1000


def test_the_verb_says_so_and_json_stays_clean(packages: Path, document: Path, capsys) -> None:
    _install(packages, "1 / 0")
    assert main(["audit", str(document), "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["alarms"] == 1
    assert err == ""
    _install(packages, "print('looked'); return ()")
    assert main(["audit", str(document), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["alarms"] == 0
    assert err == "looked\n"


def test_a_rule_that_cannot_be_imported_is_named_once(packages: Path, document: Path, capsys) -> None:
    install(packages, "halfcell-own", {"rules.own": "own_rule"}, {})
    assert main(["audit", str(document), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["alarms"] == 0
    assert err == (
        "halfcell: warning: the rule 'own' of halfcell-own 1.0 cannot be imported: "
        "ModuleNotFoundError: No module named 'own_rule' (hint: update or uninstall halfcell-own)\n"
    )
    assert rule_text("own") is None
    with pytest.raises(PluginError, match="own_rule"):
        audit_file(document, Settings(rules=("own",)))


def test_a_checklist_that_is_not_there_is_still_refused(document: Path) -> None:
    with pytest.raises(InputError, match="checklist"):
        audit_file(document, Settings(checklist="nonsense"))


EXTRACTOR = '''"""Invented documents."""
SUFFIXES = (".txt", ".inv")
def recognises(raw):
    return RECOGNISES
def extract(raw, progress):
    return 1 / 0
'''


def test_an_extractor_that_fails_while_it_is_asked_is_left_out(packages: Path, document: Path, tmp_path: Path) -> None:
    module = {"own.py": EXTRACTOR.replace("RECOGNISES", "1 / 0")}
    install(packages, "halfcell-own", {"extractors.own": "own"}, module)
    (tmp_path / "a.inv").write_text("x")
    with (
        pytest.warns(PluginWarning, match=r"the extractor 'own' of halfcell-own 1.0 failed to look at a\.inv: ZeroDiv"),
        pytest.raises(UnrecognisedFile, match=r"the file is named \.inv but is plain text of another kind"),
    ):
        audit_file(tmp_path / "a.inv")
    assert audit_file(document).facts.paper.format == "text", "those of halfcell are asked first"


def test_an_extractor_that_fails_while_it_reads_gives_one_line(packages: Path, tmp_path: Path, capsys) -> None:
    module = {"own.py": EXTRACTOR.replace("RECOGNISES", "True")}
    install(packages, "halfcell-own", {"extractors.own": "own"}, module)
    (tmp_path / "a.inv").write_text("x")
    assert main(["audit", str(tmp_path / "a.inv")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "a.inv: the extractor 'own' of halfcell-own 1.0 failed: ZeroDivisionError: division by zero (hint: " in err
