"""The locked window: no patient id, the stopwatch goes on."""
