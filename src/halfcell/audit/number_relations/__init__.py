"""Relations between the columns of a table that are found by the numbers, not by the words."""
