"""Draft a study from a folder of raw files."""
