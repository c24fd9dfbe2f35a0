"""A bound on the time that reading one file may take: a file that makes a parser hang is refused, not waited for.

Bounds on bytes, cells and nesting come first, and refuse nearly all hostile files at once; this is for the others.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_AGAIN = 1.0  # s: where a library catches whatever is raised, it is raised again


@contextmanager
def time_limit(seconds: float, what: str, where: str, hint: str) -> Iterator[None]:
    """End the work inside when it has computed for too long.

    Processor time counts, not the clock: a busy computer refuses nothing that an idle one reads. Python code and
    regular expressions are ended; a call of compiled code is ended once it returns. There is no limit on Windows,
    outside the main thread, and inside another limit, which holds for both.

    Parameters
    ----------
    seconds
        How long, in seconds of the processor, all threads of this process together.
    what, where, hint
        What is done ("reading"), with which file, and what a person can do about it.

    Raises
    ------
    InputError
        If the work takes longer.
    """
    import signal
    import threading

    timer = getattr(signal, "ITIMER_PROF", None)
    if timer is None or threading.current_thread() is not threading.main_thread() or signal.getitimer(timer)[0] > 0:
        yield
        return

    def give_up(_signal: int, _frame: object) -> None:
        raise InputError(f"{what} did not end within {seconds:g} s of computing", where, hint)

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(timer, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(timer, 0.0)
        signal.signal(signal.SIGPROF, before)
