"""Claims about the clocks of every case type."""
