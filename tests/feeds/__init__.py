"""Feed readers and the sample generator."""
