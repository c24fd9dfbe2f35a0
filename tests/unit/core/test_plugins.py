"""Plug-ins of other packages: found by their entry points; one that does not work is named once, all others work."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest

from foreign_packages import forget, install, site
from halfcell.core.errors import InputError, PluginError, PluginWarning
from halfcell.core.plugins import clashes, described, load, plugins, report_once, reported, working

KINDS = ("readers", "techniques", "rules", "extractors", "verbs")
READER = '''"""Small files of an invented instrument."""
VERSION = "1"
SUFFIXES = (".inv",)
def recognises(raw): return raw.head.startswith(b"INV")
def parse(raw): return ()
'''
BROKEN = {
    "module missing": None,
    "import missing": "import surely_not_installed_anywhere",
    "syntax": "def (",
    "raises": "raise RuntimeError('a\\nb')",
    "leaves": "import sys; sys.exit(0)",
    "nothing in it": "",
}


def _said(kind: str) -> list[str]:
    """The warnings of everything that works being imported twice."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        first = [name for name, _ in working(kind)]
        again = [name for name, _ in working(kind)]
    assert first == again
    assert {warning.category for warning in caught} <= {PluginWarning}
    return [str(warning.message) for warning in caught]


def test_a_reader_of_another_package_is_listed_with_its_package(packages: Path) -> None:
    install(packages, "halfcell-inv", {"readers.inv": "halfcell_inv"}, {"halfcell_inv.py": READER}, "2.1")
    plugin = plugins("readers")["inv"]
    assert (plugin.package, plugin.version, plugin.origin) == ("halfcell-inv", "2.1", "halfcell-inv 2.1")
    assert plugin.is_foreign
    assert plugin.summary == "Small files of an invented instrument."
    assert described("readers", "inv") == "the reader 'inv' of halfcell-inv 2.1"
    assert described("readers", "neware") == "the reader 'neware'"
    assert "halfcell_inv" not in sys.modules, "nothing is imported to list it"
    assert load("readers", "inv").VERSION == "1"
    assert _said("readers") == []


def test_an_entry_point_may_name_an_object(packages: Path) -> None:
    text = "class Own:\n    class Inner:\n" + "".join(f"        {line}\n" for line in READER.splitlines())
    install(packages, "own", {"readers.own": "own_reader:Own.Inner"}, {"own_reader.py": text})
    assert load("readers", "own").VERSION == "1"


def test_the_first_of_two_installations_of_a_package_counts(packages: Path, tmp_path: Path, monkeypatch) -> None:
    install(packages, "halfcell-inv", {"readers.inv": "halfcell_inv"}, {"halfcell_inv.py": READER}, "2.0")
    with site(tmp_path / "other", monkeypatch) as other:
        install(other, "halfcell_inv", {"readers.inv": "halfcell_inv"}, {"halfcell_inv.py": READER}, "3.0")
        assert plugins("readers")["inv"].version == "3.0"
        assert clashes("readers") == {}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_one_is_named_once_and_the_others_work(packages: Path, kind: str, case: str) -> None:
    text = BROKEN[case]
    install(packages, "bad", {f"{kind}.bad": "bad_module"}, {} if text is None else {"bad_module.py": text})
    if kind == "techniques" and not text and text is not None:
        return  # what a technique's module must hold is checked where techniques are loaded
    names = set(plugins(kind))
    said = _said(kind)
    assert len(said) == 1
    assert said[0].startswith(f"the {kind[:-1]} 'bad' of bad 1.0 ")
    assert said[0].endswith("(hint: update or uninstall bad)")
    assert "\n" not in said[0]
    with pytest.raises(PluginError, match="'bad' of bad"):
        load(kind, "bad")
    assert names - {"bad"} == {name for name, _ in working(kind)}


@pytest.mark.parametrize(
    ("kind", "text", "missing"),
    [
        ("readers", READER.replace('VERSION = "1"', ""), "it has no VERSION"),
        ("readers", READER.replace('"1"', "1"), "its VERSION is not a text"),
        ("readers", READER.replace('(".inv",)', '".inv"'), "its SUFFIXES is not a tuple of suffixes"),
        ("readers", READER.replace('".inv"', '"INV"'), "its SUFFIXES is not a tuple of suffixes"),
        ("readers", READER.replace("def recognises(raw):", "recognises = 1 #"), "its recognises is not a function"),
        ("rules", "FORMULA = LIMITS = 'x'", "it has no check"),
        ("rules", "def check(facts): return ()", "it has no FORMULA, it has no LIMITS"),
        ("extractors", "SUFFIXES = ()\ndef extract(raw, progress): ...", "it has no recognises"),
        ("verbs", "def run(args): return 0", "it has no add_arguments"),
        ("verbs", "def __getattr__(name): raise ValueError(name)", "ValueError"),
    ],
)  # fmt: skip
def test_what_a_plugin_lacks_is_said(packages: Path, kind: str, text: str, missing: str) -> None:
    install(packages, "bad", {f"{kind}.bad": "bad_module"}, {"bad_module.py": text})
    with pytest.raises(PluginError) as caught:
        load(kind, "bad")
    assert missing in caught.value.what


def test_what_a_module_prints_when_it_is_imported_is_not_output(packages: Path, capsys) -> None:
    install(packages, "loud", {"readers.loud": "loud"}, {"loud.py": f"print('hello')\n{READER.partition('.')[2][4:]}"})
    load("readers", "loud")
    out, err = capsys.readouterr()
    assert (out, err) == ("", "hello\n")


@pytest.mark.parametrize("name", ["cycling", "xrd"])
def test_a_built_in_technique_is_never_replaced(packages: Path, name: str) -> None:
    install(packages, "taker", {f"techniques.{name}": "taker"}, {"taker.py": ""})
    with pytest.warns(PluginWarning, match="uses a name of halfcell itself") as warned:
        listed = plugins("techniques")
    assert str(warned[0].message) == (
        f"technique {name!r}: taker 1.0 uses a name of halfcell itself, whose own is used (uninstall the package)"
    )
    assert not any(plugin.is_foreign for plugin in listed.values())
    assert set(clashes("techniques")) == {name}


@pytest.mark.parametrize(("kind", "name"), [("readers", "neware"), ("rules", "loading"), ("verbs", "run")])
def test_nothing_built_in_is_ever_replaced(packages: Path, kind: str, name: str) -> None:
    install(packages, "taker", {f"{kind}.{name}": "taker"}, {"taker.py": "raise RuntimeError"})
    with pytest.warns(PluginWarning, match="taker 1.0 uses a name of halfcell itself"):
        assert not plugins(kind)[name].is_foreign
    assert load(kind, name).__name__.startswith("halfcell.")


def test_of_two_packages_with_one_name_neither_is_used(packages: Path) -> None:
    for package in ("one", "two"):
        install(packages, package, {"readers.inv": package}, {f"{package}.py": READER})
    with pytest.warns(PluginWarning, match="use the same name; neither is used"):
        assert "inv" not in plugins("readers")
    with pytest.raises(PluginError, match="use the same name"):
        load("readers", "inv")


def test_unknown_names_get_a_hint() -> None:
    with pytest.raises(InputError) as caught:
        load("readers", "newarre")
    assert caught.value.hint == "did you mean 'neware'?"


def test_a_problem_is_reported_once_and_can_be_handed_on(packages: Path) -> None:
    with pytest.warns(PluginWarning, match="first"):
        report_once("readers", "inv", "first")
    report_once("readers", "inv", "second")
    assert reported() == (("readers", "inv", "first"),)
    forget()
    assert reported() == ()


def test_folders_without_packages_and_odd_files_do_no_harm(packages: Path, monkeypatch) -> None:
    (packages / "odd-1.dist-info").mkdir()
    (packages / "odd-1.dist-info" / "entry_points.txt").write_bytes(b"\xff\n[halfcell.readers]\n# inv = no\n[\n= \nx\n")
    monkeypatch.syspath_prepend(str(packages / "not there"))
    forget()
    assert "odd" not in plugins("readers")
    assert _said("readers") == []
