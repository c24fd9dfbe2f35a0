"""Materials: phases, couples and composites as facts, each with its source."""
