"""How late clocks speak when 100,000 of them run, spread out or all due at one instant."""
