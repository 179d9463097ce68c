"""Claims about the contracts."""
