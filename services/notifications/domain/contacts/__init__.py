"""Who notices go to."""
