"""A nation of nursing homes and hospitals: a quarter of facts in, charts followed, all ranked; time and memory."""
