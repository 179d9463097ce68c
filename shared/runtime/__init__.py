"""How a service is assembled and run: settings, logs, metrics, health, HTTP, supervisor."""
