"""The SQLite file. Knows SQL, knows no Qt and no rule of billing beyond reading the rule files."""
