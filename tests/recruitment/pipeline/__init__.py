"""The pipeline of recruitment."""
