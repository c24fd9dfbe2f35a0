"""Gas sorption analysers."""
