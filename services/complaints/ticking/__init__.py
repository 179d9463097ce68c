"""The ticker: what time does to cases."""
