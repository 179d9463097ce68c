"""Infections of hospitals: which records hold, what is predicted, and the measures made of them."""
