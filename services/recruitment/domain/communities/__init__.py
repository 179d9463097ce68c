"""Communities as sets of residence areas: pure."""
