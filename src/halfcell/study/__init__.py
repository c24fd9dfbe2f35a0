"""A study: study.toml, samples.csv and cells.csv become steps, results, items and their origin."""
