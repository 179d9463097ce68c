"""The stack: embedded Kafka and PostgreSQL, containers in their place, and the administration of both."""
