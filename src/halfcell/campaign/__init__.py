"""Campaign: thousands of raw files analysed one by one into tables that can be queried.

What is stored is a folder of parquet files: `files` (each raw file with its state), `cells` (one row per result),
`quantities` (one row per number), `cycles` and other rows of techniques, `notes`, and `numbers` of the studies found.
Only files that are new, or changed, or whose technique has another version are analysed again; results are written in
parts, so that the memory needed does not grow with the number of files.
"""
