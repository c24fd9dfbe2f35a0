"""Command line: one file per verb, with its arguments and what it runs.

Exit status: 0 done, 1 done with failed items or failed checks, 2 wrong use or unreadable input, 130 interrupted, 143
terminated.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from typing import TYPE_CHECKING

from halfcell import __version__
from halfcell.cli.common.parser import VerbParser
from halfcell.cli.common.streams import writable_streams
from halfcell.core.errors import HalfcellError, PluginWarning
from halfcell.core.plugins import described, did_you_mean, is_working, load, plugins
from halfcell.core.unexpected_errors import Unexpected, guarded

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status."""
    words = [*(sys.argv[1:] if arguments is None else arguments)]  # here `list` may be the verb of that name
    with warnings.catch_warnings(), writable_streams():
        _show_plugin_warnings()
        try:
            status = guarded(lambda: _run(words), HalfcellError, OSError, SystemExit)
        except HalfcellError as error:
            return _stopped(str(error))
        except KeyboardInterrupt as error:
            print("halfcell: stopped; finished results are kept", file=sys.stderr)
            return int(getattr(error, "status", 130))
        except BrokenPipeError:
            sys.stderr.close()
            return 0
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            return _stopped(f"{place}cannot be read or written: {error.strerror or error}{_hint(error)}")
        return _stopped(_defect(words, status)) if isinstance(status, Unexpected) else status


def _run(words: Sequence[str]) -> int:
    """Parse the command line and run its verb."""
    verb = _verb(words)
    if verb and verb not in plugins("verbs"):
        return _stopped(f"unknown verb {verb!r} (hint: {did_you_mean(verb, plugins('verbs'))})")
    parser, of_verb = _parser(words)
    args, others = parser.parse_known_args(words)
    if others:
        of_verb.error(f"unrecognized arguments: {' '.join(others)}")
    if args.verb is None:
        parser.print_help()
        return 2
    from halfcell.cli.common.signals import terminated_like_interrupted  # here: help needs neither
    from halfcell.core.memory import collect_rarely

    collect_rarely()
    with terminated_like_interrupted():
        return int(load("verbs", args.verb).run(args) or 0)


def _parser(words: Sequence[str]) -> tuple[VerbParser, VerbParser]:
    """Build the parser, and that of the verb; only the verb that is asked for is imported.

    For a list of all those of other packages are imported, too.
    """
    parser = VerbParser(
        prog="halfcell",
        description="Raw instrument files of a battery-electrode study in, its supplementary information out.",
    )
    parser.add_argument("--version", action="version", version=f"halfcell {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    wanted, of_verb = _verb(words), parser
    for name, plugin in plugins("verbs").items():
        if not wanted and plugin.is_foreign and not is_working("verbs", name):
            continue
        summary = plugin.summary.replace("%", "%%")
        sub = verbs.add_parser(name, help=summary, description=summary)
        if name == wanted:
            verb = load("verbs", name)
            verb.add_arguments(sub)
            of_verb = sub
            _show_examples(sub, getattr(verb, "EXAMPLES", ()))
    return parser, of_verb


def _show_examples(parser: argparse.ArgumentParser, examples: Sequence[str]) -> None:
    """Put examples below the help of a verb, one in a line."""
    if examples:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "examples:\n" + "\n".join(f"  {example}" for example in examples)


def _verb(words: Sequence[str]) -> str:
    """The verb of a command line; empty where there is none."""
    return next((word for word in words if not word.startswith("-")), "")


def _stopped(line: str) -> int:
    """Say on standard error why nothing more is done."""
    print(f"halfcell: {line}", file=sys.stderr)
    return 2


def _hint(error: OSError) -> str:
    """What to do about a file that could not be read or written; empty where nothing is known."""
    if isinstance(error, PermissionError) and error.filename and not os.path.isdir(error.filename):
        return " (hint: if it is open in another program, close it there)"
    from halfcell.core.atomic_files import hint_after

    hint = hint_after(error, "")
    return f" (hint: {hint})" if hint else ""


def _defect(words: Sequence[str], failure: Unexpected) -> str:
    """One line for an exception that no verb expected."""
    verb = _verb(words)
    what = described("verbs", verb) if verb in plugins("verbs") else "the command line"
    return f"{what} failed: {failure.text} (hint: this is a defect, please report it; {failure.details})"


def _show_plugin_warnings() -> None:
    """Print each warning about a plug-in as one line; all other warnings appear as before."""
    others = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *place: object) -> None:
        if issubclass(category, PluginWarning):
            print(f"halfcell: warning: {message}", file=sys.stderr)
        else:
            others(message, category, *place)  # type: ignore[arg-type]

    warnings.simplefilter("always", PluginWarning)
    warnings.showwarning = show  # type: ignore[assignment]
