"""Every technique has three planted mutants or more, whose files and tests exist."""

from __future__ import annotations

from pathlib import Path

from halfcell.techniques.load import all_techniques
from planted_mutants import mutants


def test_every_technique_has_three(root: Path) -> None:
    found = mutants([])
    own = {technique.name for technique in all_techniques()}
    assert {mutant.technique for mutant in found} == own
    assert [name for name in own if sum(mutant.technique == name for mutant in found) < 3] == []
    assert [m for m in found if not (root / "src" / "halfcell" / m.file).is_file()] == []
    assert [test for m in found for test in m.tests if not (root / "tests" / test.partition("::")[0]).exists()] == []
