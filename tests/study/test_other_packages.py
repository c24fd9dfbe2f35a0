"""Packages of others and studies: broken ones are named once and stop nothing, versions count, numbers name them."""

from __future__ import annotations

import csv
import re
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

import halfcell
from foreign_packages import forget, install
from halfcell.cli import main
from halfcell.core.errors import PluginWarning
from halfcell.readers.impedance import zplot
from halfcell.study.draft.draft_study import draft_study
from halfcell.techniques import impedance
from study_environment import PLUGIN
from study_runs import states_of

MODULES = {path.name: path.read_text() for path in PLUGIN.glob("*.py")}
POINTS = {
    "techniques.weighing": "fake_weighing",
    "techniques.staging": "fake_staging",
    "techniques.drawing": "fake_drawing",
    "readers.weights": "fake_weights",
}
FAILING_READER = '''"""A reader that fails while it is asked."""
VERSION = "1"
SUFFIXES = ()
def recognises(raw): return 1 / 0
def parse(raw): return ()
'''
BROKEN = {
    "bad_import": "import surely_not_installed",
    "bad_syntax": "def (",
    "bad_empty": "",
    "bad_reader": FAILING_READER,
}
BROKEN_POINTS = {
    "readers.bad1": "bad_import",
    "readers.bad2": "bad_reader",
    "techniques.bad1": "bad_syntax",
    "techniques.bad2": "bad_empty",
    "techniques.cycling": "bad_import",
    "rules.bad1": "bad_import",
    "extractors.bad1": "bad_import",
    "verbs.bad1": "bad_import",
    "verbs.run": "bad_import",
}
READER = (
    r"halfcell: warning: the reader 'bad1' of broken 1.0 cannot be imported: ModuleNotFoundError: No module named .*"
)
ASKED = r"halfcell: warning: the reader 'bad2' of broken 1.0 failed to look at A\d.wgt: ZeroDivisionError: .*"
SYNTAX = r"halfcell: warning: the technique 'bad1' of broken 1.0 cannot be imported: SyntaxError: .*"
EMPTY = r"halfcell: warning: the technique 'bad2' of broken 1.0 has no record of the class Technique .*"
CYCLING = r"halfcell: warning: technique 'cycling': broken 1.0 uses a name of halfcell itself.*"
RULE = r"halfcell: warning: the rule 'bad1' of broken 1.0 cannot be imported: .*"
EXTRACTOR = r"halfcell: warning: the extractor 'bad1' of broken 1.0 cannot be imported: .*"
LISTED = r"halfcell: warning: the verb 'bad1' of broken 1.0 cannot be imported: .*"
VERB = r"halfcell: warning: verb 'run': broken 1.0 uses a name of halfcell itself.*"


class Called(NamedTuple):
    """What a call of the command line gave."""

    status: object
    out: str
    err: str


RUN = ("run", "Table S1", "--no-report", "--study", "STUDY")
CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "help": (("--help",), (VERB, LISTED)),
    "read": (("read", "STUDY/raw/A1.wgt"), (VERB, READER, ASKED, CYCLING, SYNTAX)),
    "analyse": (("analyse", "STUDY/raw/A1.wgt", "--json"), (VERB, READER, ASKED, CYCLING, SYNTAX, EMPTY)),
    "check": (("check", "--study", "STUDY", "--json"), (VERB, READER, ASKED, CYCLING, SYNTAX)),
    "run": ((*RUN, "--workers", "1", "--json"), (VERB, READER, ASKED, CYCLING, SYNTAX, EMPTY)),
    "run in two processes": ((*RUN, "--workers", "2"), (VERB, READER, ASKED, CYCLING, SYNTAX, EMPTY)),
    "new": (("new", "DRAFT", "--from", "STUDY/raw", "--json"), (VERB, READER, ASKED, CYCLING, SYNTAX, EMPTY)),
    "audit": (("audit", "--demo", "--json"), (VERB, RULE, EXTRACTOR)),
}


@pytest.fixture
def call(plugin: Path, tmp_path: Path, write: Callable[..., Path], capfd) -> Callable[..., Called]:
    """Run ``halfcell`` with the made-up technique installed, each time in a new study of the same place."""

    def run(*words: str) -> Called:
        for name in ("study", "draft"):
            shutil.rmtree(tmp_path / name, ignore_errors=True)
        places = {"STUDY": str(write()), "DRAFT": str(tmp_path / "draft")}
        forget()
        try:
            status = main([re.sub("STUDY|DRAFT", lambda match: places[match[0]], word) for word in words])
        except SystemExit as left:
            status = left.code
        return Called(status, *capfd.readouterr())

    return run


@pytest.mark.parametrize("case", CASES)
def test_broken_packages_are_named_once_and_stop_nothing(call, packages: Path, case: str) -> None:
    words, expected = CASES[case]
    without = call(*words)
    install(packages, "broken", BROKEN_POINTS, {f"{name}.py": text for name, text in BROKEN.items()})
    done = call(*words)
    assert done.status == without.status
    assert done.out == without.out
    lines = done.err.splitlines()
    warnings = [line for line in lines if line.startswith("halfcell: warning: ")]
    assert [line for line in lines if line not in warnings] == without.err.splitlines()
    assert len(warnings) == len(expected), done.err
    for pattern in expected:
        assert sum(re.fullmatch(pattern, line) is not None for line in warnings) == 1, pattern


@pytest.fixture
def installed(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., Path], undrawn: None
) -> Path:
    """The made-up technique and format as an installed package of version 1.0, and a study that uses them."""
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "analyses.log"))
    install(packages, "fake-weights", POINTS, MODULES)
    return write()


def _run(root: Path):
    return halfcell.Study.load(root).run(workers=1)


def test_another_version_of_a_package_makes_everything_of_it_again(installed: Path, packages: Path) -> None:
    assert _run(installed).computed == 5
    assert _run(installed).nothing_changed
    numbers = _printed(installed)
    install(packages, "fake-weights", POINTS, MODULES, "1.1")
    outcome = _run(installed)
    assert not outcome.nothing_changed
    assert outcome.computed == 5
    assert set(states_of(outcome).values()) == {"made"}
    assert outcome.items[0].reasons[:2] == (
        "Si (A1): recipe of weighing 1 (fake-weights 1.0) -> 1 (fake-weights 1.1)",
        "Si (A1): raw/A1.wgt is now read by weights 1 (fake-weights 1.1) (before: weights 1 (fake-weights 1.0))",
    )
    assert _printed(installed) == numbers
    assert _run(installed).nothing_changed


def _printed(root: Path) -> list[dict[str, str]]:
    """The numbers of a study as they are printed, without where they come from."""
    kept = ("id", "printed", "value", "unit", "std", "kind", "technique", "quantity", "label")
    with (root / "out/numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{name: row[name] for name in kept} for row in csv.DictReader(file)]


def test_the_package_of_the_reader_counts_as_that_of_the_technique(installed: Path, packages: Path) -> None:
    reader = {point: target for point, target in POINTS.items() if point.startswith("readers")}
    techniques = {point: target for point, target in POINTS.items() if point.startswith("techniques")}
    install(packages, "fake-weights", techniques, MODULES)
    install(packages, "fake-reader", reader, {})
    _run(installed)
    install(packages, "fake-reader", reader, {}, "2.0")
    assert _run(installed).computed == 5
    install(packages, "fake-weights", techniques, MODULES, "2.0")
    assert _run(installed).computed == 5


def test_why_names_package_and_formula(installed: Path, packages: Path) -> None:
    text = MODULES["fake_weighing.py"] + (
        "\nimport dataclasses\nTECHNIQUE = dataclasses.replace(TECHNIQUE, words={'quantity': {'mean_weight': "
        "{'unit': 'mg', 'label': 'Weight', 'meaning': 'Mean of all readings.'}}})\n"
    )
    install(packages, "fake-weights", POINTS, {**MODULES, "fake_weighing.py": text})
    _run(installed)
    told = halfcell.Study.load(installed).why("S1:Si (A1):mean_weight")
    assert "  quantity    mean_weight: Mean of all readings." in str(told)
    assert "  technique   weighing, recipe 1 (package fake-weights 1.0)" in str(told)
    assert re.search(r"sha256 \w{64}, read as weights \(package fake-weights 1.0\)\n", str(told))
    packages = {"technique weighing": "fake-weights 1.0", "reader weights": "fake-weights 1.0"}
    assert told.as_json()["plugins"] == packages
    head, first = (installed / "out/numbers.csv").read_text().splitlines()[:2]
    assert head.endswith(",version,settings,sources,code_version,members"), "no new column"
    assert ",1," in first


@pytest.mark.parametrize(
    ("point", "place", "what"),
    [
        ("techniques.cycling", "", ""),
        ("readers.neware", "", ""),
        ("rules.loading", "", ""),
        ("techniques.impedance", "study.toml:5", "technique 'impedance'"),
        ("techniques.eis", "study.toml:5", "technique 'impedance'"),
        ("readers.zplot", "raw/A1.z", "reader 'zplot'"),
    ],
)
def test_check_lists_a_clash_only_where_the_study_uses_the_name(
    packages: Path, tmp_path: Path, point: str, place: str, what: str
) -> None:
    (tmp_path / "raw").mkdir()
    spectrum = impedance.simulate(impedance.Parameters(), np.random.default_rng(1))
    (tmp_path / "raw/A1.z").write_bytes(zplot.write(spectrum))
    item = '[raw]\nimpedance = "raw/{cell}.z"\n[[table]]\nid = "S1"\ntechnique = "impedance"\n'
    (tmp_path / "study.toml").write_text(item)
    assert halfcell.Study.load(tmp_path).check() == ()
    install(packages, "taker", {point: "taker"}, {"taker.py": ""})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PluginWarning)
        problems = halfcell.Study.load(tmp_path).check()
        assert halfcell.Study.load(tmp_path).table("S1").rows, "the built-in one is used"
    taken = "taker 1.0 uses a name of halfcell itself, whose own is used (uninstall the package)"
    assert [(p.where, p.what) for p in problems] == ([(place, f"{what}: {taken}")] if what else [])


def test_two_packages_of_one_technique_are_a_mistake_of_the_study_that_uses_it(installed: Path, packages: Path) -> None:
    install(packages, "taker", {"techniques.weighing": "taker"}, {"taker.py": ""})
    with pytest.warns(PluginWarning, match="use the same name; neither is used"):
        problems = halfcell.Study.load(installed).check()
    assert [problem.where for problem in problems] == [f"study.toml:{line}" for line in (4, 12, 17, 23)]
    assert all("fake-weights 1.0 and taker 1.0 use the same name" in problem.hint for problem in problems)


def test_a_broken_technique_is_a_mistake_of_the_study_that_uses_it(installed: Path, packages: Path) -> None:
    install(packages, "fake-weights", POINTS, {**MODULES, "fake_weighing.py": "1 / 0"})
    with pytest.warns(PluginWarning, match="cannot be imported: ZeroDivisionError"):
        problems = halfcell.Study.load(installed).check()
    assert [problem.where for problem in problems][:1] == ["study.toml:12"]
    assert all("'weighing' of fake-weights 1.0 cannot be imported" in problem.what for problem in problems)


def test_a_technique_whose_claims_fail_takes_no_file(packages: Path, tmp_path: Path) -> None:
    """It reads the data of another technique: the files stay with that one."""
    text = MODULES["fake_drawing.py"].replace("reads=(),", 'reads=("impedance",),\n    claims=lambda _: 1 / 0,')
    install(packages, "taker", {"techniques.drawing": "fake_drawing"}, {**MODULES, "fake_drawing.py": text})
    path = tmp_path / "raw" / "A1.z"
    path.parent.mkdir()
    path.write_bytes(zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1))))
    with pytest.warns(PluginWarning, match="the technique 'drawing' of taker 1.0 failed: ZeroDivisionError") as warned:
        made = draft_study(tmp_path / "new", path.parent)
    assert len(warned) == 1
    assert [group.technique for group in made.groups] == ["impedance"]
