"""The qio command: frame, output and the commands no single service owns."""
