"""Partners (MACs, plans, providers) reached on topics of their own."""
