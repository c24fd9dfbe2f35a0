"""The whole example study by hand: packed, verified, and one changed raw file computed anew (ten minutes)."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., subprocess.CompletedProcess[str]]
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the whole example study."""
    return tmp_path_factory.mktemp("whole")


def test_it_is_packed_and_verified_to_the_last_number(shell: Shell, home: Path) -> None:
    assert shell("demo", "study", cwd=home).returncode == 0
    packed = shell("pack", "study", "--out", "study.zip", cwd=home)
    assert packed.returncode == 0, packed.stdout + packed.stderr
    done = shell("verify", "study.zip", "--json", cwd=home)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    verdict = json.loads(done.stdout)
    assert verdict["proven"]
    assert verdict["reproduced"] == verdict["printed"] > 2000


def test_one_changed_file_computes_only_what_depends_on_it(shell: Shell, home: Path) -> None:
    path = home / "study" / "raw" / "cycling" / "Graphite.mpt"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-40]))  # the test ended earlier
    done = shell("run", "study", cwd=home)
    assert re.search(r"^1 analysis computed", done.stdout + done.stderr, re.MULTILINE)
    made = set(re.findall(r"^((?:Fig\.|Table) S\d+) +made", done.stdout + done.stderr, re.MULTILINE))
    assert made == {"Fig. S23"}
