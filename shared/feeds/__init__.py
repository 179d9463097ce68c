"""Readers of real file formats that turn rows into feed contracts, and the generator of a sample program."""
