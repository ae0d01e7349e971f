"""The lines for the biller, seen before they are written."""
