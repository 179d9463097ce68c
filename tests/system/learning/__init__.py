"""A learning network from the first invitation to the report, on a real platform."""
