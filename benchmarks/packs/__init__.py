"""A session's pack for a cohort of 300 homes, from records in memory to HTML and PDF."""
