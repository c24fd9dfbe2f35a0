"""What a study keeps between runs: results, measurements, study.lock, and how it knows that they are still valid."""
