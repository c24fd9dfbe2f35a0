"""Compute steps, in local processes or on a Dask cluster, and say what a run did."""
