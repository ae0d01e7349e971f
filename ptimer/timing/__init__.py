"""Stopwatch arithmetic. Pure: no Qt, no SQL, no files, and only clock.py reads the time."""
