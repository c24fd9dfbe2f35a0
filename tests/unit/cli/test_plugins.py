"""Verbs of other packages: listed, run, and where they fail one line; a broken package stops no verb of halfcell."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

from foreign_packages import install
from halfcell.cli import check, main
from halfcell.core.errors import PluginWarning

VERB = '''"""Count to a number, 100 % surely."""
def add_arguments(parser):
    parser.add_argument("number", type=int)
def run(args):
    RUN
'''


def _install(packages: Path, run: str = "return args.number") -> None:
    install(packages, "halfcell-count", {"verbs.count": "count_verb"}, {"count_verb.py": VERB.replace("RUN", run)})


def _help(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as left:
        main([*words, "--help"])
    assert left.value.code == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_it_is_listed_and_runs(packages: Path, capsys) -> None:
    _install(packages)
    assert "count" in _help(capsys)
    assert "100 % surely" in _help(capsys)
    assert "number" in _help(capsys, "count")
    assert main(["count", "1"]) == 1
    with pytest.raises(SystemExit) as left:
        main(["count", "many"])
    assert left.value.code == 2


@pytest.mark.parametrize(("run", "status"), [("pass", 0), ("return 1", 1), ("return True", 1)])
def test_its_status_is_what_it_returns(packages: Path, run: str, status: int) -> None:
    _install(packages, run)
    assert main(["count", "3"]) == status


def test_it_may_leave_by_itself(packages: Path) -> None:
    _install(packages, "raise SystemExit(5)")
    with pytest.raises(SystemExit) as left:
        main(["count", "3"])
    assert left.value.code == 5


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise ValueError('a\\nb')", "ValueError: a"),
        ("return 'text'", "ValueError: "),
    ],
)
def test_one_that_fails_gives_one_line(packages: Path, capsys, run: str, said: str) -> None:
    _install(packages, run)
    assert main(["count", "3"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(f"halfcell: the verb 'count' of halfcell-count 1.0 failed: {said}")
    assert "(hint: this is a defect, please report it; the details are in " in err
    assert "Traceback" in Path(err.rstrip(")\n").rsplit(" ", 1)[1]).read_text()


def test_a_defect_of_halfcell_is_one_line_too(capsys, monkeypatch) -> None:
    monkeypatch.setattr(check, "run", lambda _: {}["x"])
    assert main(["check"]) == 2
    assert capsys.readouterr().err.startswith("halfcell: the verb 'check' failed: KeyError: 'x'")


@pytest.mark.parametrize("text", ["import surely_not_installed", "def run(args): ...", "1 / 0"])
def test_a_broken_verb_is_named_and_left_out(packages: Path, capsys, text: str) -> None:
    install(packages, "halfcell-count", {"verbs.count": "count_verb"}, {"count_verb.py": text})
    with pytest.raises(SystemExit):
        main(["--help"])
    out, err = capsys.readouterr()
    assert "count" not in out
    said = "the verb 'count' of halfcell-count 1.0 "
    assert err.startswith(f"halfcell: warning: {said}")
    assert err.endswith("(hint: update or uninstall halfcell-count)\n")
    assert err.count("\n") == 1
    assert main(["count", "3"]) == 2
    assert capsys.readouterr().err == err.replace("warning: ", "")


def test_arguments_that_fail_give_one_line(packages: Path, capsys) -> None:
    text = VERB.replace("parser.add_argument", "parser.no_such")
    install(packages, "halfcell-count", {"verbs.count": "count_verb"}, {"count_verb.py": text})
    assert main(["count", "3"]) == 2
    assert "the verb 'count' of halfcell-count 1.0 failed: AttributeError" in capsys.readouterr().err


def test_a_clash_is_a_line_and_the_built_in_verb_runs(packages: Path, capsys, tmp_path: Path) -> None:
    install(packages, "taker", {"verbs.read": "taker"}, {"taker.py": VERB})
    (tmp_path / "a.csv").write_text("nothing\n")
    assert main(["read", str(tmp_path / "a.csv")]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == (
        "halfcell: warning: verb 'read': taker 1.0 uses a name of halfcell itself, whose own is used "
        "(uninstall the package)"
    )
    assert "no reader recognises the file" in second


def test_a_plain_warning_is_printed_as_before(packages: Path) -> None:
    _install(packages, "import warnings; warnings.warn('something else', UserWarning); return 0")
    with pytest.warns(UserWarning, match="something else"):
        assert main(["count", "1"]) == 0


def test_the_way_of_warning_is_as_before_afterwards(packages: Path) -> None:
    _install(packages)
    before = warnings.showwarning
    main(["count", "0"])
    assert warnings.showwarning is before
    with pytest.raises(PluginWarning, match="as an error in tests"):
        warnings.warn("as an error in tests", PluginWarning, stacklevel=1)


def test_read_names_the_package_of_a_reader(packages: Path, capsys, tmp_path: Path) -> None:
    reader = (
        '"""Invented."""\nfrom halfcell.core.measurement import Measurement\nVERSION = "1"\nSUFFIXES = (".inv",)\n'
        "def recognises(raw): return True\n"
        'def parse(raw): return (Measurement(technique="inv", columns={}),)\n'
    )
    install(packages, "halfcell-inv", {"readers.inv": "halfcell_inv"}, {"halfcell_inv.py": reader}, "1.2")
    (tmp_path / "a.inv").write_text("x")
    assert main(["read", str(tmp_path / "a.inv")]) == 0
    assert "inv, read as inv (package halfcell-inv 1.2)\n" in capsys.readouterr().out
    assert main(["read", str(tmp_path / "a.inv"), "--json"]) == 0
    (facts,) = json.loads(capsys.readouterr().out)["measurements"]
    assert (facts["reader"], facts["reader_package"]) == ("inv", "halfcell-inv 1.2")


def test_an_unknown_technique_is_one_clear_line(tmp_path: Path, capsys, data: Path) -> None:
    path = data / "spectra/xrd/dara_NiO_0p6007-Bi2O3_0p4008--8min.xrdml"
    assert main(["analyse", str(path), "--technique", "afm"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.startswith("halfcell: unknown technique 'afm' (hint: known: ")
