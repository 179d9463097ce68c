"""Documents as the service does it: sealing, keeping, read and upload routes, command line."""
