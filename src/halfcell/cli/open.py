"""Open the app in a window of its own (extra desktop), or in the browser."""

from __future__ import annotations

import argparse
import threading
from importlib.util import find_spec
from pathlib import Path

from halfcell.core.optional_dependencies import require

EXAMPLES = ("halfcell open", "halfcell open my-study")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("study", nargs="?", default=".", help="study, or folder of studies (default: here)")
    parser.add_argument("--port", type=int, metavar="N", help="port (default: the first free one from 8650 on)")
    parser.add_argument("--browser", action="store_true", help="use the browser, even if a window is possible")


def run(args: argparse.Namespace) -> int:
    """Serve the study and show it until the window is closed, or until Ctrl-C."""
    require("fastapi", "app")
    require("uvicorn", "app")
    if not args.browser and find_spec("webview") is not None:
        return _in_window(args)
    from halfcell.app.server import serve
    from halfcell.cli.serve import tell_and_open

    serve(Path(args.study), port=args.port, ready=tell_and_open)
    return 0


def _in_window(args: argparse.Namespace) -> int:
    """The app in a window of the system; the server ends with it."""
    import webview

    from halfcell.app.server import serve

    found: list[str] = []
    listening = threading.Event()

    def ready(address: str) -> None:
        found.append(address)
        listening.set()

    threading.Thread(
        target=serve, args=(Path(args.study),), kwargs={"port": args.port, "ready": ready}, daemon=True
    ).start()
    listening.wait(30)
    webview.create_window("halfcell", found[0], width=1280, height=860)
    webview.start()
    return 0
