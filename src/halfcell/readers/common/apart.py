"""Read a file with a library in a process of its own: a damaged file may end that process, but not ours.

``python -m halfcell.readers.common.apart bruker FILE OUT`` writes what RosettaSciIO's plug-in reads to OUT.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_APART_MEMORY, MAX_APART_SECONDS
from halfcell.readers.common.library_errors import unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Signal = Mapping[str, Any]

_REFUSED = 3  # exit status: the library says that it cannot read the file
_KEPT = ("axes", "data", "metadata")  # of a signal


def read_apart(plugin: str, path: Path, where: str) -> list[Signal]:
    """What a plug-in of RosettaSciIO reads of a file.

    Raises
    ------
    InputError
        If it cannot read the file, crashes, or does not come to an end.
    """
    hint = "the file is damaged, or of a layout that is not known; copy or export it again"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "signals"
        command = [sys.executable, "-m", __name__, plugin, str(path.resolve()), str(out)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            done = subprocess.run(command, capture_output=True, timeout=MAX_APART_SECONDS, env=environment, check=False)
        except subprocess.TimeoutExpired as error:
            raise InputError(f"reading did not end within {MAX_APART_SECONDS:g} s", where, hint) from error
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if done.returncode == _REFUSED:
            raise InputError(f"the file cannot be read: {said[-1] if said else ''}", where, hint)
        if done.returncode or not out.is_file():
            how = f"crashed (signal {-done.returncode})" if done.returncode < 0 else f"failed: {(said or ['?'])[-1]}"
            raise InputError(f"the library that reads it {how[:200]}", where, hint)
        found: list[Signal] = pickle.loads(out.read_bytes())
    return found


def main(arguments: Sequence[str]) -> int:
    """Read one file and write what is in it; the exit status says whether the library refused."""
    from importlib import import_module

    plugin, path, out = arguments
    _limit()
    refusals: tuple[type[Exception], ...] = (*unreadable(plugin), MemoryError)
    try:
        read = import_module(f"rsciio.{plugin}").file_reader(path)
    except refusals as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return _REFUSED
    found = [{key: signal[key] for key in _KEPT if key in signal} for signal in read]
    Path(out).write_bytes(pickle.dumps(found, protocol=5))
    return 0


def _limit() -> None:
    """No more addresses than any map needs, where the system can limit them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MAX_APART_MEMORY if hard == resource.RLIM_INFINITY else min(MAX_APART_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
