"""The day as the biller will see it."""
