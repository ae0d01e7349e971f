"""What was recorded in all the years."""
