"""Reviewers in the service: their records, rosters and assignments."""
