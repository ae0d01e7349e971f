"""Was it still going on? The question about a time in doubt."""
