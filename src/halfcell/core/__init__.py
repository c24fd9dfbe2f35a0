"""Core: the data model that all packages share, frozen records without third-party imports."""
