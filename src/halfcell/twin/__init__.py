"""The twin: what a cell made from given materials would do, from a cell card; numpy only."""
