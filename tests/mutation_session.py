"""Changes of modules, tested one after another in one process: the pytest plug-in that ``mutation.py`` starts.

mutmut writes each module with all its changes, of which an environment variable chooses one. Here the modules are
imported so, the tests are collected once, and each change is tested by those tests that call its function, quickest
first, until one fails. What functions of the modules have remembered (`functools.cache`) is forgotten before each.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import pytest
from mutmut.mutation import trampoline
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import mangled_name_from_mutant_name

ASKED = "HALFCELL_MUTATION"  # names a JSON file: modules, keys of changes (or none: all), place of the answer
CHOSEN = "MUTANT_UNDER_TEST"
CALLS = "stats"  # the choice with which mutmut's modules tell which functions are called
_TIMES, _SECONDS = 20.0, 5.0  # a change may make a test so many times slower, and so much more: then it never ends


class _Endless(Exception):
    """A change has made a test endless."""


@dataclass
class _Session:
    """The changed modules by name, the names of all changes, and what is asked."""

    modules: dict[str, str]
    digits: str
    keys: list[str]
    answer: Path
    sources: dict[str, str] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)


class _Changed(SourceFileLoader):
    """Loads a module with all its changes in it."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, _fullname: str) -> CodeType:
        """The code of all changes, under the name of the file itself."""
        return compile(self.source, self.path, "exec")


class _Finder:
    """Finds the changed modules before any other finder does."""

    def __init__(self, session: _Session) -> None:
        self.session = session

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """The module with its changes; None for all other modules."""
        if name not in self.session.sources:
            return None
        path = self.session.modules[name]
        search = [str(Path(path).parent)] if path.endswith("__init__.py") else None
        loader = _Changed(name, path, self.session.sources[name])
        return spec_from_file_location(name, path, loader=loader, submodule_search_locations=search)


def pytest_configure(config: pytest.Config) -> None:
    """Write the changes, before anything of the project is imported."""
    asked = json.loads(Path(os.environ[ASKED]).read_text(encoding="utf-8"))
    session = _Session(asked["modules"], asked["digits"], asked["keys"], Path(asked["answer"]))
    for name, path in session.modules.items():
        made = mutate_file_contents(path, Path(path).read_text(encoding="utf-8"))
        session.sources[name] = made.code
        session.found += [f"{name}.{mutant}" for mutant in made.mutant_names]
    os.environ[CHOSEN] = ""
    loaded = [name for name in sys.modules if name in session.modules]
    if loaded:
        raise pytest.UsageError(f"imported before the changes were written: {', '.join(loaded)}")
    sys.meta_path.insert(0, _Finder(session))  # type: ignore[arg-type]
    config.stash[_KEY], config.stash[_REPORTS] = session, []
    config.pluginmanager.register(_Reports(config.stash[_REPORTS]))


_Remembering = functools._lru_cache_wrapper
_KEY = pytest.StashKey[_Session]()
_REPORTS = pytest.StashKey[list[pytest.TestReport]]()


@dataclass(frozen=True)
class _Reports:
    """Keeps what is reported of the test that runs."""

    kept: list[pytest.TestReport]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the report of one phase of a test."""
        self.kept.append(report)


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Test each change in the place of the usual loop."""
    asked = session.config.stash[_KEY]
    remembering = _remembering(asked.modules)
    calls, seconds = _calls(session.items, remembering)
    result: dict[str, str] = {}
    for key in asked.keys or [key for key in asked.found if not asked.digits or key[-1] in asked.digits]:
        tests = [item for item in session.items if _function(key) in calls[item.nodeid]]
        tests.sort(key=lambda item: seconds[item.nodeid])
        os.environ[CHOSEN] = key
        _forget(remembering)
        fails = (item.nodeid for item in tests if _fails(item, _TIMES * seconds[item.nodeid] + _SECONDS))
        result[key] = next(fails, "")
        asked.answer.write_text(json.dumps(result), encoding="utf-8")
    os.environ[CHOSEN] = ""
    _forget(remembering)
    result["after"] = next((item.nodeid for item in session.items if _fails(item, 600.0)), "")
    asked.answer.write_text(json.dumps(result), encoding="utf-8")
    return True


def _function(key: str) -> str:
    """The name that mutmut gives a changed function."""
    return str(mangled_name_from_mutant_name(key))


def _calls(
    items: Sequence[pytest.Item], remembering: Sequence[_Remembering]
) -> tuple[dict[str, set[str]], dict[str, float]]:
    """Which changed functions each test calls, and how long it takes.

    Raises
    ------
    pytest.UsageError
        If a test fails without any change.
    """
    calls: dict[str, set[str]] = {}
    seconds: dict[str, float] = {}
    os.environ[CHOSEN] = CALLS
    for item in items:
        seen = calls[item.nodeid] = set()
        trampoline.record_trampoline_hit = lambda name, seen=seen, **_: seen.add(name)  # type: ignore[misc]
        _forget(remembering)
        start = time.perf_counter()
        if _fails(item, 600.0):
            raise pytest.UsageError(f"{item.nodeid} fails without any change")
        seconds[item.nodeid] = time.perf_counter() - start
    return calls, seconds


def _fails(item: pytest.Item, seconds: float) -> bool:
    """Run a test, and say whether it failed or did not end."""
    with _limited(seconds):
        reports = item.config.stash[_REPORTS]
        reports.clear()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return any(report.failed for report in reports)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _Endless

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _remembering(modules: Collection[str]) -> list[_Remembering]:
    """The functions of the changed modules that remember what they returned."""
    found = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    return [one for one in found if getattr(one, "__module__", "") in modules]


def _forget(remembering: Sequence[_Remembering]) -> None:
    """Clear what functions have remembered."""
    for one in remembering:
        one.cache_clear()
