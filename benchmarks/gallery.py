"""Draw the gallery of figures into a folder, and say how long each took: ``python benchmarks/gallery.py [FOLDER]``."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def main(folder: Path, wanted: list[str]) -> None:
    """Draw all figures of the gallery, or those that are named."""
    from gallery import gallery
    from halfcell.render import print_figure

    for name, figure in gallery().items():
        if wanted and name not in wanted:
            continue
        start = time.perf_counter()
        written = print_figure(figure, folder / name)
        size = ", ".join(f"{path.suffix[1:]} {path.stat().st_size / 1000:.0f} kB" for path in written)
        print(f"{name:14s} {time.perf_counter() - start:5.2f} s  {size}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), sys.argv[2:])
    else:
        with tempfile.TemporaryDirectory() as place:
            main(Path(place), [])
