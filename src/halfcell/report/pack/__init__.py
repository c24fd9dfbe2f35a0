"""A study in one archive that proves itself: a crate with the environment that made it and the hash of every file."""
