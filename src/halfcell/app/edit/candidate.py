"""Check the files of a study as they would be after a change, before anything is written over them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import tomlkit

from halfcell.core.errors import InputError
from halfcell.study.files.study_files import read_study_files
from halfcell.study.plan.study_plan import plan_study

_TABLES = ("samples", "cells")  # the keys of study.toml that name the tables


def new_problems(root: Path, changed: Mapping[str, str]) -> tuple[InputError, ...]:
    """The mistakes that a change would bring into a study; those that it has already do not count.

    Parameters
    ----------
    root
        The study's folder.
    changed
        File name -> its content after the change: ``study.toml`` and the tables that it names.
    """
    before = {(one.what, one.where) for one in _problems(root / "study.toml")}
    with _candidate(root, changed) as (path, names):
        after = [_renamed(one, names) for one in _problems(path)]
    return tuple(one for one in after if (one.what, one.where) not in before)


def _problems(path: Path) -> tuple[InputError, ...]:
    try:
        return plan_study(read_study_files(path)).problems
    except InputError as error:
        return (error,)


@contextmanager
def _candidate(root: Path, changed: Mapping[str, str]) -> Iterator[tuple[Path, dict[str, str]]]:
    """The changed files beside the true ones, under hidden names; yields the study file and hidden -> true name."""
    mark = f".{os.getpid()}-{secrets.token_hex(4)}"
    names = {f"{mark}-{Path(name).name}": name for name in changed}
    study = f"{mark}-study.toml"
    names[study] = "study.toml"
    try:
        for hidden, name in names.items():
            if name in changed and name != "study.toml":
                (root / hidden).write_text(changed[name], encoding="utf-8", newline="")
        text = changed.get("study.toml", "") or (root / "study.toml").read_text(encoding="utf-8-sig")
        (root / study).write_text(_with_tables(text, names), encoding="utf-8", newline="")
        yield root / study, names
    finally:
        for hidden in names:
            (root / hidden).unlink(missing_ok=True)


def _with_tables(text: str, names: Mapping[str, str]) -> str:
    """The study file with the hidden names of the changed tables."""
    hidden_of = {name: hidden for hidden, name in names.items()}
    if set(hidden_of) == {"study.toml"}:
        return text
    document = tomlkit.parse(text)
    for key in _TABLES:
        name = str(document.get(key, f"{key}.csv"))
        if name in hidden_of:
            document[key] = hidden_of[name]
    return tomlkit.dumps(document)


def _renamed(problem: InputError, names: Mapping[str, str]) -> InputError:
    """A problem with the true names of the files."""
    where, what = problem.where, problem.what
    for hidden, name in names.items():
        where, what = where.replace(hidden, name), what.replace(hidden, name)
    return InputError(what, where, problem.hint)
