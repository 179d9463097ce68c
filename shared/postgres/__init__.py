"""PostgreSQL: pools, roles and migrations."""
