"""Command line: one file per verb, with its arguments and what it runs.

Exit status: 0 done, 1 done with failed items or failed checks, 2 wrong use or unreadable input.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from halfcell import __version__
from halfcell.core.errors import HalfcellError
from halfcell.core.plugins import load, plugins

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(words)
    args = parser.parse_args(words)
    if args.verb is None:
        parser.print_help()
        return 2
    try:
        return int(load("verbs", args.verb).run(args))
    except HalfcellError as error:
        print(f"halfcell: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("halfcell: stopped; finished results are kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"halfcell: {place}cannot be read or written: {error.strerror or error}", file=sys.stderr)
        return 2


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser; only the verb that is asked for is imported."""
    parser = argparse.ArgumentParser(
        prog="halfcell",
        description="Raw instrument files of a battery-electrode study in, its supplementary information out.",
    )
    parser.add_argument("--version", action="version", version=f"halfcell {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    wanted = next((word for word in words if not word.startswith("-")), None)
    for name, room in plugins("verbs").items():
        sub = verbs.add_parser(name, help=room.summary, description=room.summary)
        if name == wanted:
            load("verbs", name).add_arguments(sub)
    return parser
