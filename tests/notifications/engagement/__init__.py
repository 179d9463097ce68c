"""Patients and families: stories, feedback, surveys, aids."""
