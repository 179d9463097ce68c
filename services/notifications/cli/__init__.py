"""The command line of notifications: notices, contacts, lists, campaigns, partners, voices."""
