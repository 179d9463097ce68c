"""Consistency: agreement, exact rates, small cells, local factors, second reviews."""
