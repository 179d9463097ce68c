"""The message path: Kafka in, one PostgreSQL transaction, Kafka out; the delivery guarantee is kept here."""
