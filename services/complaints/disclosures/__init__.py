"""The log of disclosures (42 CFR 480)."""
