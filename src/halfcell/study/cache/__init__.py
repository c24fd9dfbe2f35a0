"""What a study keeps between runs: results, measurements, the lock file, and what tells whether they still hold."""
