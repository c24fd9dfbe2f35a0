"""From results to finished figures and tables: composed, written, each number traced to its source."""
