"""Edit times: what was recorded of a visit, and its corrections."""
