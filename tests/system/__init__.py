"""The whole platform: real processes, real Kafka, real PostgreSQL, real files where this machine has them."""
