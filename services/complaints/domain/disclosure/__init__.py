"""Who may learn what of a case, when, and under which conditions (42 CFR part 480, subpart B)."""
