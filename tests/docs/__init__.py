"""Claims about the documents."""
