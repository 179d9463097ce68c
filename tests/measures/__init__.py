"""Claims about the measures service."""
