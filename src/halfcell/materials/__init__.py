"""Materials: phases, redox couples and composites as facts, each with its source."""
