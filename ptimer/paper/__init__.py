"""Paper: pages painted by Qt without a window, for the window and for commands alike."""
