"""Claims to measures: the project's whole path beside a bare program of the same work."""
