"""Records changed by their own events, rules that decide, machines of states: what a service is made of."""
