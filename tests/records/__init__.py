"""What every part of recruitment is made of."""
