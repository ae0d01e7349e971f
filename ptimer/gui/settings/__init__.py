"""Settings: one list, and a row for each."""
