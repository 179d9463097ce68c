"""Reviewers: guards, choice, rosters, tables, commands, read API and command line."""
