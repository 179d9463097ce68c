"""Appeals, terminations and confirmed concerns as figures of facilities and of the communities they lie in."""
