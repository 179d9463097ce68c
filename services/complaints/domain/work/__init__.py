"""Work queues as values: whose turn it is in a case, who has it, how urgent it is, when the office is staffed."""
