"""Readers of hospitals' scores in CMS's payment programs."""
