"""How the cost of a claim grows with people and years, and how soon a corrected claim is a corrected figure."""
