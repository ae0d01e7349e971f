"""Start a group for several patients."""
