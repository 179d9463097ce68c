"""People and organisations that notices go to."""
