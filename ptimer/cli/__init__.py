"""The command line: one file a command group. Never imports Qt."""
