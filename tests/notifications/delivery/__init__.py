"""The delivery of notices: ways, states, what staff record, gateways, letters, rebuild."""
