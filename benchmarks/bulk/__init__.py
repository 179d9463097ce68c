"""Recruiting many at once: commands and answers beside a bare round trip over Kafka with as many on their way."""
