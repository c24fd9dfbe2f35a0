"""What people write: study.toml, the tables of samples and cells, and the patterns that find the raw files."""
