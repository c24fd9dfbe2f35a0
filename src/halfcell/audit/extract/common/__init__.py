"""What several extractors share: blocks in reading order, captions, bounds, and the parts of PDF and LaTeX."""
