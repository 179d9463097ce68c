"""Database revisions of notifications."""
