"""What every part of recruitment is made of: records changed by events, rules that decide, machines of states."""
