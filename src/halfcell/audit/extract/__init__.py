"""Extractors: document -> tables, one file a format."""
