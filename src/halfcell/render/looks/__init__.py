"""Apply the look that an author wants to a figure, before it is drawn on paper or on the screen."""
