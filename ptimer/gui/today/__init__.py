"""Today: the visits, the stopwatches of one of them, and its units."""
