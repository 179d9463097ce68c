"""Measures of facilities end to end on real Kafka and PostgreSQL."""
