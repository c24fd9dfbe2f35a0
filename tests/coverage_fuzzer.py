"""Fuzz binary readers guided by their coverage, with atheris: ``python tests/coverage_fuzzer.py SECONDS [READER ...]``.

By hand, on Linux, in an environment that has ``atheris`` beside halfcell and its extras (CONTRIBUTING, Fuzzing). Each
reader begins with its files of the data (`HALFCELL_DATA`) and has a process of its own for its share of the seconds.
What ends in an exception that is not ours, takes more than 10 s or more than 1 GiB is kept below ``--kept``, one file
of each kind, and named; the status is then 1.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

_SECONDS, _MEGABYTES = 10, 1024
_TEXT: Final = b"\0"
"""What no text holds."""
_INSTRUMENTED: Final = (
    "halfcell.readers",
    "galvani",
    "access_parser",
    "xlrd",
    "tifffile",
    "rsciio",
    "olefile",
)


def main() -> int:
    """Fuzz each reader in turn; 1 if one of them did what it should not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=int, help="of all readers together")
    parser.add_argument("readers", nargs="*", help="all that read binary files, where none is named")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "halfcell-fuzzed")
    parser.add_argument("--apart", action="store_true", help="the one reader in this process")
    args = parser.parse_args()
    data = Path(os.environ.get("HALFCELL_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
    if args.apart:
        _fuzz(args.readers[0], data, args.kept / args.readers[0], args.seconds)
        return 0
    readers = args.readers or binary_readers(data)
    share = max(args.seconds // len(readers), 5)
    for reader in readers:
        command = [sys.executable, __file__, str(share), reader, "--kept", str(args.kept), "--apart"]
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
        kept = sorted((args.kept / reader).glob("*"))
        told = next((line for line in reversed(ended.stderr.splitlines()) if line.startswith(("Done", "#"))), "")
        sys.stdout.write(f"{reader}: {told.strip()}; {len(kept)} kept (status {ended.returncode})\n")
        sys.stdout.write("".join(f"  {path}\n" for path in kept))
        sys.stdout.flush()
    return 1 if any(args.kept.glob("*/*")) else 0


def binary_readers(data: Path) -> list[str]:
    """The readers whose files are not text."""
    from fuzzed_files import FILES, MADE, whole_file

    files = FILES | MADE
    return [reader for reader, names in files.items() if _TEXT in whole_file(data, names[0])[1][:65536]]


def _fuzz(reader: str, data: Path, kept: Path, seconds: int) -> None:
    """Begin with the files of one reader, and read what atheris makes of them; does not return."""
    import atheris

    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        with atheris.instrument_imports(include=list(_INSTRUMENTED)):
            from fuzzed_files import FILES, MADE, whole_file
            from halfcell.readers import read_all

            files = [whole_file(data, name) for name in (FILES | MADE)[reader]]
            path = Path(folder) / files[0][0]
            for number, (_, content) in enumerate(files):
                (corpus / str(number)).write_bytes(content)
                path.write_bytes(content)
                read_all(path)  # imports the reader and its library
        longest = max(len(content) for _, content in files) + 4096
        limits = [f"-timeout={_SECONDS}", f"-rss_limit_mb={_MEGABYTES}", f"-max_len={longest}"]
        options = [f"-max_total_time={seconds}", f"-artifact_prefix={kept}/", *limits]
        atheris.Setup([sys.argv[0], *options, str(corpus)], _reading(read_all, path, kept))
        atheris.Fuzz()


def _reading(read_all: Callable[[Path], object], path: Path, kept: Path) -> Callable[[bytes], None]:
    """Reads one input; an exception that is not ours is kept, and the search goes on."""
    from halfcell.core.errors import HalfcellError

    def read(content: bytes) -> None:
        path.write_bytes(content)
        try:
            read_all(path)
        except HalfcellError as error:
            if " failed: " in str(error):
                _keep(str(error), content, kept)

    return read


def _keep(text: str, content: bytes, kept: Path) -> None:
    """Keep the first input of each kind of exception, with what was said."""
    said = text.split(" failed: ", 1)[1].split(" (hint", 1)[0]
    kind = hashlib.sha256("".join(letter for letter in said if letter.isalpha())[:60].encode()).hexdigest()[:12]
    if not (kept / kind).exists():
        (kept / kind).write_bytes(content)
        (kept / f"{kind}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
