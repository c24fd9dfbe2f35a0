"""Run a plan: the steps that are out of date, in local processes or on a Dask cluster."""
