"""Rules: one claim a file."""
