"""Backups: what is there, what each holds, and how one is put back."""
