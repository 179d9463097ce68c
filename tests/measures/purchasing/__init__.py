"""Tests of the view of Medicare's payment programs."""
