"""A command that the system terminates (shutdown, a queue, a container) ends as it does after Ctrl-C."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Terminated(KeyboardInterrupt):
    """The process was asked to end (SIGTERM); `status` is the exit status, as shells give it."""

    status = 143


@contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """Raise `Terminated` at SIGTERM; without effect outside the main thread, which alone receives signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(_number: int, _frame: object) -> None:
    raise Terminated
