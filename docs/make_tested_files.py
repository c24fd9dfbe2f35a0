"""Count the real instrument files that each reader is tested with: ``python docs/make_tested_files.py``.

Needs the files (`HALFCELL_DATA`). Writes docs/_make/tested_files.toml, from which the page of file formats is made.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from halfcell.core.errors import HalfcellError
from halfcell.core.raw import RawFile
from halfcell.readers import find, read_all

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "_make" / "tested_files.toml"
HEAD = "# Made by docs/make_tested_files.py: real files that each reader reads, and text dialects among them.\n"


def main() -> int:
    """Read every file once and count."""
    data = Path(os.environ.get("HALFCELL_DATA", ROOT.parent / "shared" / "data"))
    counts: Counter[str] = Counter()
    for path in sorted(path for path in data.rglob("*") if path.is_file()):
        counts.update(_readers(path))
    lines = [f'"{name}" = {count}' for name, count in sorted(counts.items())]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{sum(counts.values())} files, {len(counts)} readers and dialects\n")
    return 0


def _readers(path: Path) -> list[str]:
    """The reader of a file that it reads, and its dialect; nothing where no reader does."""
    try:
        name, _ = find(RawFile(path))
        measurements = read_all(path)
    except (HalfcellError, OSError):
        return []
    dialect = str(measurements[0].meta.get("dialect", ""))
    return [name, f"{name}.{dialect}"] if name == "text_dialect" and dialect else [name]


if __name__ == "__main__":
    sys.exit(main())
