"""A function on many items: in this process, in several local ones, or on a Dask cluster; results in order."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

from halfcell.core.optional_dependencies import require
from halfcell.study.execute.local_processes import cpu_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Made = TypeVar("Made")


def mapped(
    function: Callable[[Item], Made], items: Sequence[Item], workers: int = 0, address: str = ""
) -> Iterator[Made]:
    """Apply a function to all items, as soon as a worker is free.

    Parameters
    ----------
    function
        A function of a module, as it is sent to other processes.
    items
        What it is applied to; each is worth a second of work.
    workers
        Local processes; 0 means one per CPU, 1 means this process alone.
    address
        Address of a Dask scheduler, whose cluster is used instead.

    Raises
    ------
    MissingExtra
        If Dask is asked for and not installed.
    """
    if address:
        client = require("distributed", "cluster").Client(address)
        with client, client.get_executor(pure=False) as pool:
            yield from pool.map(function, items)
        return
    count = min(workers or cpu_count(), len(items))
    if count <= 1:
        yield from map(function, items)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield from pool.map(function, items)
