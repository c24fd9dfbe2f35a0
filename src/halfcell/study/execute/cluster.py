"""Which Dask cluster does the work of a run, and what its workers share with this machine."""

from __future__ import annotations

from typing import NamedTuple


class Cluster(NamedTuple):
    """A Dask cluster: the address of its scheduler, and the folder or URL that its workers share with this machine.

    The store is empty where the workers share the study's folder.
    """

    address: str
    store: str = ""
