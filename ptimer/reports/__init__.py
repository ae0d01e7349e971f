"""Plain values in, text out."""
