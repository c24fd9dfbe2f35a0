"""The local web app: the report of a study, served live, with everything that a person may change in its files."""

from __future__ import annotations
