"""What was signed, beside what was changed after it."""
