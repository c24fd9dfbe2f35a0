"""What an author wrote of the look of a figure and nobody sees in it, with the reason."""
