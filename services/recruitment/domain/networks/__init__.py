"""Learning networks and their cohorts."""
