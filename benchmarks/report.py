"""How long a supplement of 41 figures and 8 tables takes: drawing, then HTML, DOCX and PDF of the drawn figures.

``python benchmarks/report.py [FOLDER]``. docs/benchmarks.md has the figures of other routes for such a document.
"""

from __future__ import annotations

import dataclasses
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def main(folder: Path) -> None:
    """Draw, write, print a table of seconds (of this process, and by the clock) and sizes."""
    from gallery import gallery
    from gallery.document import document, first_cycles
    from halfcell import report

    shown, figures = document(), list(gallery().values())
    items = [
        dataclasses.replace(shown.items[0], id=f"S{n}", name=f"Fig. S{n}", figure=figures[n % len(figures)])
        for n in range(1, 42)
    ]
    items += [dataclasses.replace(first_cycles(), id=f"T{n}", name=f"Table S{n}") for n in range(1, 9)]
    whole = dataclasses.replace(shown, items=tuple(items))
    print(f"{'':10} {'cpu s':>7} {'clock s':>8} {'MB':>6}")
    with _timed("figures"):
        whole = report.gather(whole, folder)
    for name in ("html", "docx", "pdf"):
        with _timed(name) as size:
            size.append(report.write(whole, folder, (name,))[0].stat().st_size / 1e6)


class _timed:  # noqa: N801
    def __init__(self, name: str) -> None:
        self.name, self.size = name, list[float]()

    def __enter__(self) -> list[float]:
        self.start = time.process_time(), time.perf_counter()
        return self.size

    def __exit__(self, *_: object) -> None:
        cpu, clock = time.process_time() - self.start[0], time.perf_counter() - self.start[1]
        print(f"{self.name:10} {cpu:7.2f} {clock:8.2f} {self.size[0] if self.size else 0:6.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as name:
            main(Path(name))
