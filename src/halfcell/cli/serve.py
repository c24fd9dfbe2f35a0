"""Open the local web app: the study's figures and tables live, with everything that can be changed in its files."""

from __future__ import annotations

import argparse
from pathlib import Path

from halfcell.core.optional_dependencies import require

EXAMPLES = (
    "halfcell serve my-study",
    "halfcell serve ~/studies --port 8700",
    "halfcell serve my-study --no-browser",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("study", nargs="?", default=".", help="study, or folder of studies (default: here)")
    parser.add_argument("--port", type=int, metavar="N", help="port (default: the first free one from 8650 on)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1, this machine)")
    parser.add_argument(
        "--name", action="append", default=[], metavar="HOST", help="further host name of this app (repeatable)"
    )
    parser.add_argument("--prefix", default="", metavar="PATH", help="path of the app behind a proxy")
    parser.add_argument("--no-browser", action="store_true", help="print the address only; open no browser")


def run(args: argparse.Namespace) -> int:
    """Print the address with its token as the first line, and serve until Ctrl-C."""
    require("fastapi", "app")
    require("uvicorn", "app")
    from halfcell.app.server import serve

    ready = tell if args.no_browser else tell_and_open
    try:
        serve(Path(args.study), host=args.host, port=args.port, prefix=args.prefix, names=tuple(args.name), ready=ready)
    except KeyboardInterrupt:
        return 0
    return 0


def tell(address: str) -> None:
    """Print the address."""
    print(address, flush=True)


def tell_and_open(address: str) -> None:
    """Print the address and open it in the user's browser, once the server answers."""
    import threading
    import webbrowser

    tell(address)
    threading.Timer(0.7, webbrowser.open, (address,)).start()
