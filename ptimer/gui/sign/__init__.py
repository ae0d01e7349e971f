"""Finish & sign, and amend."""
