"""Draw the pictures of the documentation: ``python docs/make_pictures.py [EXAMPLE_STUDY] [WORD ...]``.

The first argument is a folder in which ``halfcell demo`` has made the example study; without one it is made, which
takes some minutes. Words name the pictures to draw again (``cycling``). All pictures together stay below 4 MB.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _make.pictures import FOLDER, file_name
from _make.simulated_shows import SIMULATED
from PIL import Image

import halfcell
from halfcell.render import matplotlib_figure

HERE = Path(__file__).resolve().parent
MOST = 60_000  # bytes of a picture
DPI = 220
Drawing = tuple[str, str, Callable[[], halfcell.Figure]]


def main(arguments: Sequence[str]) -> int:
    """Draw what is asked for; status 1 if a figure could not be drawn."""
    given = [word for word in arguments if Path(word, "study.toml").is_file()]
    words = [word for word in arguments if word not in given]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "example-study")
        if given:
            shutil.copytree(given[0], root)
        else:
            subprocess.run([sys.executable, "-m", "halfcell", "demo", str(root)], check=True)
        failed = 0
        for technique, show, draw in drawings(root):
            if words and not any(word in file_name(technique, show) for word in words):
                continue
            try:
                size = write(draw(), FOLDER / file_name(technique, show))
            except halfcell.HalfcellError as error:
                failed += 1
                sys.stderr.write(f"{technique}: {show}: {error}\n")
            else:
                sys.stdout.write(f"{technique}: {show}: {size} bytes\n")
    return 1 if failed else 0


def drawings(root: Path) -> Iterator[Drawing]:
    """Technique, show and what draws it: from the example study, then from simulated measurements."""
    entries = (HERE / "_make" / "gallery.toml").read_text(encoding="utf-8")
    text = (root / "study.toml").read_text(encoding="utf-8")
    head = text[: text.index("[[figure]]")]
    (root / "study.toml").write_text(head + entries, encoding="utf-8")
    study = halfcell.Study.load(root)
    for entry in tomllib.loads(entries)["figure"]:
        yield entry["technique"], entry["show"], lambda name=entry["id"]: study.figure(name)
    for (technique, show), draw in SIMULATED.items():
        yield technique, show, draw


def write(figure: halfcell.Figure, path: Path) -> int:
    """Write a figure as a small picture; the bytes that it takes."""
    buffer = io.BytesIO()
    matplotlib_figure(figure).savefig(buffer, format="png", dpi=DPI)
    picture = Image.open(buffer).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    for width, colours in ((1200, 96), (1000, 96), (850, 96), (700, 64), (600, 64), (500, 48), (420, 48)):
        small = picture
        if picture.width > width:
            small = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
        small.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST:
            break
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
