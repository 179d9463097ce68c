"""Scores of hospitals in CMS's payment programs, and the measures made of them."""
