"""A cohort of homes through a year of a collaborative: what staff ask day by day, and what is handed out."""
