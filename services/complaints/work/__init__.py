"""Work queues of complaints: kept with the cases, claimed by commands, read by role, region and urgency."""
