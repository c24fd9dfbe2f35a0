"""Each kind of operation on the files of a run fails: a clear message or the right files; the next run mends all.

The disk is full, or gives an error, or the process is killed at that moment. ``python docs/make_durability.py`` tries
every operation, and writes the outcomes to ``docs/durability.md``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from study_environment import environment

SCRIPT = Path(__file__).resolve().parents[1] / "durability.py"
EVERY = 11  # th operation


@pytest.mark.slow
def test_operations_that_fail_are_told_and_mended(tmp_path: Path, plugin: Path) -> None:
    command = [sys.executable, str(SCRIPT), str(tmp_path), str(EVERY)]
    ended = subprocess.run(command, env=environment(plugin), check=True, capture_output=True, text=True)
    found = [tuple(one) for one in json.loads(ended.stdout)]
    assert [one for one in found if one[2] not in {"told", "same bytes", "killed"}] == []
    assert min(Counter(fault for _, fault, _ in found).values()) > 20
    assert {"folder", "open", "write", "rename"} <= {kind for kind, _, _ in found}
    assert {verdict for _, fault, verdict in found if fault == "killed"} == {"killed"}
