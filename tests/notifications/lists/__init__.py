"""Mailing lists, links, and addresses that mail comes back from."""
