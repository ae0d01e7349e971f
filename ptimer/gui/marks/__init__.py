"""Cancelled, no-show, stopped early: a visit that was not held as planned."""
