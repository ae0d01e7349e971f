"""The mini window: what runs, at a glance, above every other program."""
