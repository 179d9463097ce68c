"""Intake as the service does it: storing, commands, read API, command line."""
