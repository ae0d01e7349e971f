"""The window: PySide6 widgets, one a file. No rule, no SQL, no clock."""
