"""Who treats, and the questions of the first start."""
