"""Give every hostile document to `halfcell audit` and `read`, and write docs/hostile-documents.md with what it cost.

By hand: ``python docs/make_hostile_documents.py``. Takes about five minutes; nothing else should run meanwhile. With
formats behind it (``txt hspy``) only these are measured anew, and the other rows stay.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "hostile-documents.md"
SECONDS: Final = 2.0
TEXT: Final = """# Hostile documents

Made by `python docs/make_hostile_documents.py`: {count} small files that are built to take a program's time or memory,
each given to `halfcell audit` (documents) or `halfcell read` (data) in a process of its own. The goal is an answer,
read or refused, within {seconds:g} s of computing, start included, and {megabytes:g} MB. {good} files meet it. The
files come from [hostile_documents.py](../tests/hostile_documents.py).

| verb | format | kind | KiB | answer | s | MB |
|---|---|---|---|---|---|---|
{rows}
"""


class Row(NamedTuple):
    """A row of the page."""

    verb: str
    suffix: str
    name: str
    facts: str  # the other cells

    @property
    def is_good(self) -> bool:
        """Whether the file was answered within the bounds."""
        return "**" not in self.facts


def main(formats: Sequence[str] = ()) -> int:
    """Measure all kinds, or those of some formats, and write the page; 1 if one is not answered at all."""
    sys.path.insert(0, str(ROOT / "tests"))
    from hostile_documents import DATA, DOCUMENTS, MOST_MEGABYTES

    before = {row[:3]: row for row in _rows(PAGE.read_text(encoding="utf-8"))} if formats else {}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for verb, table in (("audit", DOCUMENTS), ("read", DATA)):
            for suffix, name in [(suffix, name) for suffix, kinds in table.items() for name in kinds]:
                kept = before.get((verb, suffix, name)) if suffix not in formats else None
                rows.append(kept or _measured(verb, suffix, name, Path(folder)))
    text = TEXT.format(
        count=len(rows),
        good=sum(row.is_good for row in rows),
        seconds=SECONDS,
        megabytes=MOST_MEGABYTES,
        rows="\n".join("| " + " | ".join(row) + " |" for row in rows),
    )
    PAGE.write_text(text, encoding="utf-8")
    return 1 if any("**none**" in row.facts for row in rows) else 0


def _rows(page: str) -> Iterator[Row]:
    """The rows of a page as it was written."""
    for line in page.splitlines():
        if line.startswith(("| audit |", "| read |")):
            yield Row(*line.strip("| ").split(" | ", 3))


def _measured(verb: str, suffix: str, name: str, folder: Path) -> Row:
    from hostile_documents import DATA, DOCUMENTS, outcome, written

    kinds = (DOCUMENTS if verb == "audit" else DATA)[suffix]
    path = written(folder / f"a.{suffix}", kinds[name])
    found = outcome(verb, path)
    answer = ("refused" if found.status == 2 else "read") if found.is_answer else "**none**"
    cost = f"{found.seconds:.1f} | {found.megabytes:.0f}"
    meets = found.is_answer and found.seconds <= SECONDS
    facts = f"{path.stat().st_size / 1024:.0f} | {answer} | {cost if meets else f'**{cost}**'}"
    return Row(verb, suffix, name, facts)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
