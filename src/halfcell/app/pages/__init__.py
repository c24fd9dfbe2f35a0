"""The pages of the app: each module has the routes of one."""

from __future__ import annotations
