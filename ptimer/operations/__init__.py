"""Everything a person can do, and the snapshots they see. The one door to the record."""
