"""Maps and reports of recruitment."""
