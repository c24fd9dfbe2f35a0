"""Whole files of several formats, written without sight of the rules: right ones raise no alarm, one error does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from halfcell.audit import Report, Settings, audit_file

with Path(__file__).with_name("unseen_files.toml").open("rb") as file:
    FILES: dict[str, dict[str, str]] = tomllib.load(file)
_PLANTED = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")


def _audited(name: str, number: str, folder: Path) -> Report:
    path = folder / f"document.{FILES[name]['format']}"
    path.write_text(_PLANTED.sub(number, FILES[name]["text"]), encoding="utf-8")
    return audit_file(path, Settings(checklist="none"))


@pytest.mark.parametrize("name", FILES)
def test_unseen_file(name: str, tmp_path: Path) -> None:
    assert [alarm.explain for alarm in _audited(name, r"\1", tmp_path).alarms] == []
    assert _audited(name, r"\2", tmp_path).alarms
