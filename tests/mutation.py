"""Mutation testing: ``python tests/mutation.py [NAME ...]`` writes docs/mutation-table.md (needs mutmut 3.8).

Each module of the table below is changed in one place at a time (another operator, another number, another argument
...) and tested in one process (`mutation_session`). A change that no test notices is a survivor: a test is missing, or
the result is the same. ``tests/mutation_survivors.toml`` gives the reasons for those of the second kind. With names,
only these modules are measured anew; the page keeps the others as they were (``tests/mutation_measured.json``). A
module takes a minute or two; of circuits, plan and cache, which have thousands of changes, every tenth is made: those
whose number in its function ends with a certain digit. ``--again`` makes the survivors only, after tests were added;
``--page`` writes the page alone, after reasons were added. ``pytest -m mutation`` measures all and fails below 85 %.
"""

from __future__ import annotations

import ast
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REASONS = ROOT / "tests" / "mutation_survivors.toml"
MEASURED = ROOT / "tests" / "mutation_measured.json"
TABLE = ROOT / "docs" / "mutation-table.md"
AGAIN, PAGE = "--again", "--page"
ASKED, AFTER = "HALFCELL_MUTATION", "after"  # as in mutation_session
COPIED = ("src", "tests", "docs", "benchmarks", "pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md")


@dataclass(frozen=True)
class Module:
    """Files below src/halfcell, fast tests below tests, and the last digits of the changes that are made (else all)."""

    source: str
    tests: tuple[str, ...]
    digits: str = ""


MODULES = {
    "core/quantity": Module("core/quantity.py", ("unit/core/test_quantity.py",)),
    "maths/half_cycles": Module(
        "maths/half_cycles.py", ("unit/maths/test_half_cycles.py", "unit/maths/test_half_cycle_leads.py")
    ),
    "maths/bet": Module(
        "maths/bet*.py",
        ("unit/maths/test_bet.py", "unit/maths/test_bet_error_forms.py", "unit/maths/test_bet_errors.py"),
    ),
    "maths/circuit": Module("maths/circuit/*.py", ("unit/maths/circuit",), digits="3"),
    "audit/expression": Module("audit/expression.py", ("unit/audit/test_expression.py", "unit/audit/test_verdicts.py")),
    "audit/verdicts": Module(
        "audit/verdicts.py",
        ("unit/audit/test_verdicts.py", "unit/audit/test_verdict_details.py", "unit/audit/test_verdict_roundings.py"),
    ),
    "indentation/energies": Module(
        "techniques/indentation/energies.py",
        ("unit/techniques/indentation/test_energies.py", "unit/techniques/indentation/test_energy_errors.py"),
    ),
    "study/plan": Module("study/plan/*.py", ("unit/study/plan",), digits="3"),
    "study/cache": Module("study/cache/*.py", ("unit/study/cache",), digits="3"),
}


@dataclass(frozen=True)
class Survivor:
    """A change that no test noticed: its key, the line before and after."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Measured:
    """How many changes of a module were made and noticed, and those that were not."""

    mutants: int
    survivors: tuple[Survivor, ...]

    @property
    def killed_percent(self) -> float:
        """The share of the changes that a test noticed."""
        return 100.0 * (1 - len(self.survivors) / self.mutants)


def measure(name: str, before: Measured | None = None) -> Measured:
    """Change a module in each place, and test each change.

    With what was measured `before`, only its survivors are made: tests were added, and the module is as it was.

    Raises
    ------
    SystemExit
        If its tests fail without any change.
    """
    module = MODULES[name]
    keys = [survivor.key for survivor in before.survivors] if before else []
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = Path(folder) / "asked.json", Path(folder) / "answer.json"
        content = {"modules": _modules(module), "digits": module.digits, "keys": keys, "answer": str(answer)}
        asked.write_text(json.dumps(content), encoding="utf-8")
        tests = [f"tests/{test}" for test in module.tests]
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]
        environment = {**os.environ, ASKED: str(asked)}
        done = subprocess.run(
            [*command, "-p", "mutation_session", *tests],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        noticed = json.loads(answer.read_text(encoding="utf-8")) if answer.is_file() else {}
    if noticed.pop(AFTER, "not reached"):
        raise SystemExit(f"{name}: {(done.stdout + done.stderr)[-3000:]}")
    survivors = tuple(_shown(key, module) for key, test in noticed.items() if not test)
    return Measured(before.mutants if before else len(noticed), survivors)


def _modules(module: Module) -> dict[str, str]:
    """The names of the modules that are changed, with their files."""
    source = ROOT / "src"
    paths = sorted((source / "halfcell").glob(module.source))
    names = (".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__") for path in paths)
    return dict(zip(names, map(str, paths), strict=True))


def _shown(key: str, module: Module) -> Survivor:
    """The line of a change before and after."""
    name, _, changed = key.rpartition(".")
    path = _modules(module)[name]
    functions = _functions(path)
    own, other = (functions[one] for one in (re.sub(r"__mutmut_\d+$", "__mutmut_orig", changed), changed))
    lines = [line for line in difflib.unified_diff(own, other, n=0, lineterm="") if line[:3] not in ("---", "+++")]
    before = " ".join(line[1:].strip() for line in lines if line[0] == "-")
    after = " ".join(line[1:].strip() for line in lines if line[0] == "+")
    return Survivor(key, before, after)


@cache
def _functions(path: str) -> dict[str, list[str]]:
    """The lines of each function of a module with all its changes, under its own name."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    text = mutate_file_contents(path, Path(path).read_text(encoding="utf-8")).code
    lines = text.splitlines()
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return {
        node.name: [line.replace(node.name, "f") for line in lines[node.lineno - 1 : node.end_lineno]] for node in nodes
    }


def reasons() -> dict[tuple[str, str], str]:
    """Why a survivor needs no test, by the line before and after."""
    entries = tomllib.loads(REASONS.read_text(encoding="utf-8"))["survivor"] if REASONS.is_file() else []
    return {(entry["before"], entry["after"]): entry["why"] for entry in entries}


def kept() -> dict[str, Measured]:
    """What was measured before, by the names of the modules in the order of the table."""
    found = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.is_file() else {}
    return {
        name: Measured(found[name]["changes"], tuple(Survivor(*one) for one in found[name]["survivors"]))
        for name in MODULES
        if name in found
    }


def keep(name: str, one: Measured) -> None:
    """Add a module to what was measured."""
    survivors = [[s.key, s.before, s.after] for s in one.survivors]
    found = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.is_file() else {}
    found[name] = {"changes": one.mutants, "survivors": survivors}
    MEASURED.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def table(measured: dict[str, Measured]) -> Iterator[str]:
    """The page as lines of Markdown."""
    why = reasons()
    yield "# Mutation table"
    yield ""
    yield "Made by `python tests/mutation.py` (mutmut): each module is changed in one place at a time and tested."
    yield "A change that no test notices is a survivor. Below the table stand the survivors, with the reason where the"
    yield "result is the same. Where there is none, a test is missing."
    yield ""
    yield "| module | changes | noticed | survivors | of these with a reason | noticed, % |"
    yield "|---|---|---|---|---|---|"
    for name, one in measured.items():
        named = sum((s.before, s.after) in why for s in one.survivors)
        counts = (one.mutants, one.mutants - len(one.survivors), len(one.survivors), named)
        part = f" (every {10 // len(MODULES[name].digits)}th change)" if MODULES[name].digits else ""
        yield f"| {name}{part} | {' | '.join(map(str, counts))} | {one.killed_percent:.1f} |"
    for name, one in measured.items():
        yield ""
        yield f"## {name}"
        yield ""
        for survivor in one.survivors:
            reason = why.get((survivor.before, survivor.after), "")
            yield f"- `{survivor.before}` -> `{survivor.after}`" + (f": {reason}" if reason else "")


def main(words: list[str]) -> None:
    """Measure modules, all where none is named, and write the page."""
    names = [word for word in words if word not in {AGAIN, PAGE}]
    for name in () if PAGE in words else names or list(MODULES):
        one = measure(name, kept().get(name) if AGAIN in words else None)
        print(f"{name}: {one.mutants} changes, {one.killed_percent:.1f} % noticed", file=sys.stderr, flush=True)
        keep(name, one)
    TABLE.write_text("\n".join(table(kept())) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
