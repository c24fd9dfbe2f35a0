"""README, tutorials, how-to and explanation pages, followed word for word: commands, files, Python, in order.

A block below a line such as "`cells.csv`:" is a file that the reader makes, one below "Add to `study.toml`:" its end.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import halfcell
from study_environment import SOURCE
from walked_numbers import assert_traced, walked

ROOT = SOURCE.parent
HOW_TO = sorted(path.name for path in (ROOT / "docs" / "how-to").glob("*.md") if not path.name.startswith("add-"))
EXPLAINED = sorted(
    path.name for path in (ROOT / "docs" / "explanation").glob("*.md") if "```sh" in path.read_text("utf-8")
)
TUTORIALS = ("first-half-cell", "two-materials", "powder-by-two-techniques", "first-audit")
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(
    r"^(?:(?P<add>Add to )?`(?P<file>[^`\n]+)`:\n\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_FINDINGS = re.compile(r"halfcell audit\b")  # its exit status is 1 where it finds something
_OF_THE_READER = re.compile(r"no such file|unknown cell '(?:SSB1|C7)'|\[raw\] has no files for simulated_cell")
_SCRIPT = "import sys\nfrom halfcell.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n"


def blocks(page: str) -> list[tuple[str, str]]:
    """Language and text of each block of a page, in order."""
    return _FENCE.findall((ROOT / page).read_text(encoding="utf-8"))


class Step(NamedTuple):
    """A block of a page: a file to write or to add to, commands, or Python."""

    file: str
    adds: bool
    language: str
    text: str


def steps(page: str) -> list[Step]:
    """What a page asks its reader to do, in order."""
    found = _STEP.finditer((ROOT / page).read_text(encoding="utf-8"))
    return [Step(match["file"] or "", bool(match["add"]), match["language"], match["text"]) for match in found]


class Shell:
    """A folder in which the commands of a page are run one by one, as a person types them."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder = folder
        self._env = env

    def follow(self, text: str) -> str:
        """Run the lines of a block; what they print."""
        return "".join(self.run(line) for line in text.splitlines() if line.split("#")[0].strip())

    def follow_page(self, page: str) -> str:
        """Do what a page says; what its commands print."""
        printed = ""
        for step in steps(page):
            if step.file:
                path = self.folder / step.file
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("a" if step.adds else "w", encoding="utf-8") as file:
                    file.write(step.text)
            elif step.language == "sh":
                printed += self.follow(step.text)
            elif step.language == "python":
                printed += self.python(step.text)
        return printed

    def run(self, line: str, *allowed: int) -> str:
        """Run one line and look at its exit status."""
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            self.folder = (self.folder / words[1]).resolve()
            return ""
        done = self._done(["sh", "-ec", line])
        statuses = allowed or ((0, 1) if _FINDINGS.search(line) else (0,))
        assert done.returncode in statuses, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout + done.stderr

    def python(self, text: str) -> str:
        """Run a Python block."""
        done = self._done([sys.executable, "-c", text])
        assert done.returncode == 0, f"{text}\n{done.stderr[-2000:]}"
        return done.stdout

    def _done(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, env=self._env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Shell]:
    """Shells in a folder below that of the work, in which README's first command has made the example study."""
    if os.name == "nt":
        pytest.skip("the commands of the pages are run by sh")
    home = tmp_path_factory.mktemp("pages")
    programs = home / ".venv" / "bin"
    programs.mkdir(parents=True)
    script = programs / "halfcell"
    script.write_text(f"#!{sys.executable}\n{_SCRIPT}")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(SOURCE)}
    Shell(home, env).run(blocks("README.md")[0][1].split("&&")[-1])  # what stands before installs halfcell
    assert (home / "example-study" / "out" / "review.html").is_file()
    return lambda below: Shell(home / below, env)


@pytest.mark.slow
def test_readme(work: Callable[[str], Shell]) -> None:
    shell, printed = work(""), ""
    for language, text in blocks("README.md")[2:]:
        printed += shell.follow(text) if language == "sh" else shell.python(text)
    assert "92.46 %" in printed
    assert "initial_coulombic_efficiency = 92.5 %" in printed
    assert "No problems found" in printed


@pytest.mark.slow
def test_tutorial(work: Callable[[str], Shell]) -> None:
    """The first command of the page is README's; the edits it asks for are made by hand."""
    shell = work("")
    found = [text for language, text in blocks("docs/tutorials/example-study.md") if language == "sh"]
    first, run, check, *rest = found
    assert first.splitlines()[0] == "halfcell demo example-study"
    shell.follow(first.split("\n", 1)[1])
    cells, study = shell.folder / "cells.csv", shell.folder / "study.toml"
    cells.write_text(
        cells.read_text(encoding="utf-8").replace("Si-Sn-10,Si/Sn-10,,,,,half,1.18", "Si-Sn-10,Si/Sn-10,,,,,half,1.2")
    )
    assert re.search(r"^[1-3] analys\w+ computed", shell.follow(run), re.MULTILINE)
    assert "nothing to do" in shell.follow(run)
    before = study.read_text(encoding="utf-8")
    study.write_text(before.replace('"Graphite"', '"Grafite"', 1), encoding="utf-8")
    assert "did you mean 'Graphite'" in shell.run(check.strip(), 1)
    study.write_text(before, encoding="utf-8")
    for text in rest:
        shell.follow(text)


@pytest.mark.slow
@pytest.mark.parametrize("name", TUTORIALS)
def test_other_tutorials(work: Callable[[str], Shell], name: str) -> None:
    """They begin in the folder that holds the example study."""
    work("").follow_page(f"docs/tutorials/{name}.md")


@pytest.mark.slow
def test_notebook(work: Callable[[str], Shell]) -> None:
    """Its blocks are cells of one notebook: each sees what those before it have made."""
    cells = [text for language, text in blocks("docs/tutorials/notebook.md") if language == "python"]
    work("example-study").python("\n".join(cells))


@pytest.mark.slow
def test_every_number_of_the_example_is_traced(work: Callable[[str], Shell]) -> None:
    found = walked(work("example-study").folder)
    assert len(found) > 2000
    for row, one in found:
        assert_traced(row, one)


@pytest.mark.slow
def test_the_uncertainties_of_the_example_are_right(work: Callable[[str], Shell]) -> None:
    """Of the deviations from the true values, in their own uncertainties, 68 % lie within 1 and 95 % within 2."""
    found = halfcell.Study.load(work("example-study").folder).document().calibration
    assert found is not None
    assert len(found.deviations) >= 200
    assert 60.0 <= found.share_within(1.0) <= 75.0
    assert 92.0 <= found.share_within(2.0) <= 98.0
    assert [one for one in found.far if not one.reason] == []


@pytest.mark.slow
def test_the_example_passes_the_audit_without_a_question(work: Callable[[str], Shell]) -> None:
    """No alarm about its submission, and no doubt that is neither mended nor accepted with a reason."""
    shell = work("")
    assert "no problems found" in shell.run("halfcell audit example-study/out/si.docx")
    shell.run("halfcell report example-study --strict --format docx", 0)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOW_TO)
def test_how_to(work: Callable[[str], Shell], name: str) -> None:
    """The commands of a how-to page run in the folder of the example study."""
    work("example-study").follow_page(f"docs/how-to/{name}")


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPLAINED)
def test_explanation(work: Callable[[str], Shell], name: str) -> None:
    work("example-study").follow_page(f"docs/explanation/{name}")


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in HOW_TO if name != "operando-diffraction.md"])
def test_figures_and_tables_are_understood(work: Callable[[str], Shell], name: str) -> None:
    """In the example study, with its patterns and tables; files and cells of the reader's own need not be there."""
    root = work("example-study").folder
    head = (root / "study.toml").read_text(encoding="utf-8").split("[[figure]]")[0]
    study = root / "items of a page.toml"
    for language, text in blocks(f"docs/how-to/{name}"):
        if language == "toml" and (items := re.search(r"^\[\[(?:figure|table)\]\].*", text, re.MULTILINE | re.DOTALL)):
            study.write_text(head + items[0], encoding="utf-8")
            problems = [str(problem) for problem in halfcell.Study.load(study).check()]
            assert [one for one in problems if not _OF_THE_READER.search(one)] == []
    study.unlink(missing_ok=True)


@pytest.mark.parametrize("page", [f"docs/how-to/{name}" for name in HOW_TO])
def test_settings_in_toml_are_toml(page: str) -> None:
    for language, text in blocks(page):
        if language == "toml":
            assert tomllib.loads(text)
