"""Why? The same explanation everywhere."""
