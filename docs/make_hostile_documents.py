"""Give every hostile document to `halfcell audit` and `read`, and write docs/hostile-documents.md with what it cost.

By hand: ``python docs/make_hostile_documents.py``. Takes about five minutes; nothing else should run meanwhile.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "hostile-documents.md"
SECONDS, TEXT = (
    2.0,
    """# Hostile documents

Made by `python docs/make_hostile_documents.py`: {count} small files that are built to take a program's time or memory,
each given to `halfcell audit` (documents) or `halfcell read` (data) in a process of its own. The goal is an answer,
read or refused, within {seconds:g} s of computing, start included, and {megabytes:g} MB. {good} files meet it. The
files come from [hostile_documents.py](../tests/hostile_documents.py).

| verb | format | kind | KiB | answer | s | MB |
|---|---|---|---|---|---|---|
{rows}
""",
)


def main() -> int:
    """Measure all kinds and write the page; 1 if one is not answered at all."""
    sys.path.insert(0, str(ROOT / "tests"))
    from hostile_documents import DATA, DOCUMENTS, MOST_MEGABYTES, outcome, written

    rows, good, lost = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for verb, table in (("audit", DOCUMENTS), ("read", DATA)):
            for suffix, name in [(suffix, name) for suffix, kinds in table.items() for name in kinds]:
                path = written(Path(folder) / f"a.{suffix}", table[suffix][name])
                found = outcome(verb, path)
                good += (meets := found.is_answer and found.seconds <= SECONDS)
                lost += not found.is_answer
                answer = ("refused" if found.status == 2 else "read") if found.is_answer else "**none**"
                size = f"{path.stat().st_size / 1024:.0f}"
                cost = f"{found.seconds:.1f} | {found.megabytes:.0f}"
                rows.append(f"| {verb} | {suffix} | {name} | {size} | {answer} | {cost if meets else f'**{cost}**'} |")
    text = TEXT.format(
        count=len(rows), good=good, seconds=SECONDS, megabytes=MOST_MEGABYTES, rows="\n".join(rows)
    )  # fmt: skip
    PAGE.write_text(text, encoding="utf-8")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
