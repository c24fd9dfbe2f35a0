"""Planted mutants: ``python tests/planted_mutants.py [TECHNIQUE ...]`` shows whether the tests of a technique can fail.

``tests/planted_mutants.toml`` has three or more changes of each technique's analysis that a reviewer would choose: a
sign, a factor of a unit, a window, a setting that is ignored, a note that is dropped. The project is copied aside, one
change is planted at a time, and the technique's tests are run until one fails. A change that none notices is reported,
and the script ends with 1. A test that failed is run again without the change, where it must pass.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from mutation import COPIED, ROOT

TABLE = ROOT / "tests" / "planted_mutants.toml"
_PASSED, _FAILED = 0, 1  # exit codes of pytest; others say that the tests could not be run
_FAILED_LINE = re.compile(r"^(?:FAILED|ERROR) ([^\s\[]+)", re.MULTILINE)  # without its parameters


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One line of a file below src/halfcell before and after, and the tests that should notice."""

    technique: str
    what: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    def planted_in(self, text: str) -> str:
        """The text of the file with the change.

        Raises
        ------
        SystemExit
            If the line is not in the file exactly once: the table is out of date.
        """
        if (count := text.count(self.before)) != 1:
            raise SystemExit(f"{self.technique}: {self.before!r} is {count} times in {self.file}; mend {TABLE.name}")
        return text.replace(self.before, self.after)


def mutants(techniques: list[str]) -> list[Mutant]:
    """The changes of some techniques; of all, where none is named.

    Raises
    ------
    SystemExit
        If a technique is not in the table.
    """
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    if unknown := set(techniques) - table.keys():
        raise SystemExit(f"not in {TABLE.name}: {', '.join(sorted(unknown))}; it has {', '.join(table)}")
    found = []
    for name in techniques or list(table):
        tests = tuple(table[name]["tests"])
        found += [Mutant(**{"technique": name, "tests": tests} | entry) for entry in table[name]["mutant"]]
    return found


def copied(place: Path) -> Path:
    """A copy of the project."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, place / name)
    return place


def failing_test(copy: Path, tests: tuple[str, ...]) -> str:
    """The first test that fails in a copy; an empty text where all pass.

    Raises
    ------
    SystemExit
        If the tests could not be run.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PYTHONPATH": str(copy / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # 1,400 files are compiled once, not for every change
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (_PASSED, _FAILED):
        raise SystemExit(f"pytest {' '.join(tests)}: {(done.stdout + done.stderr)[-2000:]}")
    found = _FAILED_LINE.search(done.stdout)
    return found[1] if found else ""


def noticed_by(mutant: Mutant, copy: Path) -> str:
    """The test that notices a change, planted in a copy for as long; an empty text where none does."""
    path = copy / "src" / "halfcell" / mutant.file
    original = path.read_text(encoding="utf-8")
    planted = mutant.planted_in(original)
    compile(planted, mutant.file, "exec")
    _write(path, planted)
    try:
        test = failing_test(copy, tuple(f"tests/{test}" for test in mutant.tests))
    finally:
        _write(path, original)
    return test


def _write(path: Path, text: str) -> None:
    """Write a module and forget its bytecode: a change within one second and of one length would pass unseen."""
    path.write_text(text, encoding="utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()


def main(techniques: list[str]) -> int:
    """Plant each change, print what became of it, and count those that no test noticed."""
    survived = 0
    chosen = mutants(techniques)
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for mutant in chosen:
            test = noticed_by(mutant, copy)
            if test and failing_test(copy, (test,)):
                raise SystemExit(f"{mutant.technique}: {test} fails without any change")
            survived += not test
            said = f"noticed by {test}" if test else f"SURVIVED: {mutant.before.strip()} -> {mutant.after.strip()}"
            print(f"{mutant.technique}: {mutant.what}: {said}", flush=True)
    print(f"{len(chosen)} changes, {survived} not noticed")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
