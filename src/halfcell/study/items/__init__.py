"""From results to finished figures and tables: composed, traced, written, explained."""
