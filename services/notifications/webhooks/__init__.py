"""Public events sent to partners by HTTP: heard, kept for each, signed, delivered only to where it is safe."""
