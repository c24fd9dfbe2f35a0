"""Linear algebra on one thread, so that a result has the same digits on a laptop, a server and a cluster.

With several threads the sums of a matrix product are added in another order, and the last digits of a fit differ. One
thread is also quicker here: the matrices are small, and the cores do other steps.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

VARIABLES: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the libraries read when they are loaded; one that is loaded already is asked through threadpoolctl."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Limit the threads of all BLAS and OpenMP libraries to one, loaded or not; afterwards all is as before."""
    from threadpoolctl import threadpool_limits  # here: what only reads files does without

    before = {name: os.environ.get(name) for name in VARIABLES}
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
    try:
        with threadpool_limits(1):
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
