"""What anyone asks for or offers, routed, answered on time, and what came of it: pure."""
