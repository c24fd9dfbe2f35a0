"""Pages that were made already and hold as long as the study's files, its run and its changes stay as they are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

from starlette.responses import Response

_KEPT: Final = 100  # pages of about 50 kB


class KeptPages:
    """The last pages, by all that they were made from."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, Response] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Response]) -> Response:
        """The page with this key; it is made if it is not kept."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
        if found is None:
            found = make()
            with self._lock:
                self._pages[key] = found
                while len(self._pages) > _KEPT:
                    self._pages.popitem(last=False)
        return Response(found.body, found.status_code, media_type=found.media_type)
