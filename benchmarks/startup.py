"""Start-up: `python -c pass`, `import halfcell`, `halfcell --help`, `halfcell check`, beside each other.

    python benchmarks/startup.py

CPU seconds (user + system) of whole processes, median of 15 turns after a warm-up, and the modules that each loads.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

CASES = {
    "python -c pass": "pass",
    "import halfcell": "import halfcell",
    "halfcell --help": "from halfcell.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass",
    "import halfcell.readers": "import halfcell.readers",
    "import numpy": "import numpy",
}
TURNS = 15


def seconds(code: str) -> float:
    """CPU seconds of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def modules(code: str) -> int:
    """Number of modules that a process has loaded at its end."""
    script = f"{code}\nimport sys\nsys.stderr.write(str(len(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return int(done.stderr)


def main() -> None:
    """Run and print the table."""
    bare = 0.0
    print(f"{'case':26} {'CPU ms':>8} {'x bare':>8} {'modules above bare':>20}")
    for name, code in CASES.items():
        seconds(code)
        median = statistics.median(seconds(code) for _ in range(TURNS))
        bare = bare or median
        print(f"{name:26} {1e3 * median:8.1f} {median / bare:8.2f} {modules(code) - modules('pass'):20d}")


if __name__ == "__main__":
    main()
