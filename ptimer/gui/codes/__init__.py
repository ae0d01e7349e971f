"""Codes, rules in force, and payers."""
