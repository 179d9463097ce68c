"""Patients and families: surveys, stories, material."""
