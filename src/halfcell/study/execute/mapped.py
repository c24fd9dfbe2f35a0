"""A function on many items: in this process, in several local ones, or on a Dask cluster and by way of its store."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from halfcell.core.errors import InputError
from halfcell.study.cache.code_hash import source_code
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.sealed import sealed, unsealed
from halfcell.study.cache.shared_store import SharedStore
from halfcell.study.execute.jobs import Finished, Job
from halfcell.study.execute.scheduler import scheduler_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from halfcell.study.execute.cluster import Cluster

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True)
class Work(Generic[Item, Made]):
    """What is done to each item, and how its result is stored; functions of a module, as other processes get them.

    Parameters
    ----------
    name
        The kind of work, part of the key of a stored result.
    function
        What is done; each item is worth a second of it.
    key
        A hash of all that the result of an item depends on but the code.
    pack, unpack
        A result as bytes, and back.
    """

    name: str
    function: Callable[[Item], Made]
    key: Callable[[Item], str]
    pack: Callable[[Made], bytes]
    unpack: Callable[[bytes], Made]


@dataclass(frozen=True, kw_only=True)
class _Call:
    """One item: its place, its key in a store, and the hash of the code that a worker elsewhere must have."""

    work: Work[Any, Any]
    item: Any
    place: int
    key: str = ""
    code: str = ""
    url: str = ""


def mapped(
    work: Work[Item, Made], items: Sequence[Item], workers: int = 0, cluster: Cluster | None = None
) -> Iterator[tuple[int, Made]]:
    """Do some work to all items, and give the place of each and what was made as soon as it is there.

    On a cluster a worker that dies costs only time, and a scheduler that goes is waited for. Where the cluster has a
    store, results go there under a hash of the item and of halfcell's code; those that are there are not made again.

    Parameters
    ----------
    work
        What is done.
    items
        What it is done to.
    workers
        Local processes; 0 means one per CPU, 1 means this process alone.
    cluster
        The Dask cluster that does it instead.

    Raises
    ------
    InputError
        If the work on an item fails, or a worker has another halfcell.
    MissingExtra
        If Dask is asked for and not installed.
    """
    code = source_code() if cluster else ""
    calls = [_call(work, item, place, code) for place, item in enumerate(items)]
    shared = SharedStore(cluster.store) if cluster is not None and cluster.store else None
    left = deque[Job]()
    for call in calls:
        stored = shared.get_results(call.key) if shared else None
        if stored is None:
            left.append(Job(_do, call, call.key, work.name, _far))
        else:
            yield call.place, work.unpack(unsealed(stored))
    if not left:
        return
    for event in scheduler_for(Path.cwd(), min(workers, len(left)), cluster).work_through(left):
        if isinstance(event, Finished):
            if event.attempt.failure:
                raise InputError(event.attempt.failure)
            yield event.job.what.place, work.unpack(event.attempt.value or b"")


def _call(work: Work[Item, Made], item: Item, place: int, code: str) -> _Call:
    key = digest({"work": work.name, "item": work.key(item), "code": code})
    return _Call(work=work, item=item, place=place, key=key, code=code)


def _do(call: _Call, _root: Path) -> bytes:
    """Do the work to one item.

    Raises
    ------
    InputError
        If this machine has another halfcell than the one that asks for it.
    """
    if call.code and call.code != source_code():
        raise InputError("the worker has another halfcell", hint="install the same halfcell on all machines")
    return call.work.pack(call.work.function(call.item))


def _far(job: Job, _root: Path, shared: SharedStore) -> Job:
    """The job of a worker that puts its result into the store, too, so that it is there when this machine is not."""
    return replace(job, work=_do_far, what=replace(job.what, url=shared.url))


def _do_far(call: _Call, root: Path) -> bytes:
    shared = SharedStore(call.url)
    stored = shared.get_results(call.key)
    if stored is not None:
        return unsealed(stored)
    made = _do(call, root)
    shared.put_results(call.key, sealed(made))
    return made
