"""The table of notice rules: which event makes which notice for whom, due when."""
