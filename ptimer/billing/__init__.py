"""What may be billed. Pure: no Qt, no SQL, no clock, no files."""
