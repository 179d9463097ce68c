"""The population measures, one module for each subject: what it counts, from which source, under which version."""
