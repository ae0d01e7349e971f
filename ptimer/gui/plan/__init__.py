"""The plan of a visit: minutes a code, and what they would earn."""
