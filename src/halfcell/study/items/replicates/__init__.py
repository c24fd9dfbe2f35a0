"""Replicates: cells of one group are shown as mean and standard deviation, with the number of cells."""
