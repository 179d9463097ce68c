"""Reads the CSV files of the Synthea generator: people, encounters and medications of whole lives."""
