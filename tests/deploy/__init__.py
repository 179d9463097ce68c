"""Claims about the files for one host."""
