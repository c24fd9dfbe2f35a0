"""Work that takes time, each in a process of its own that can be watched and cancelled."""

from __future__ import annotations
