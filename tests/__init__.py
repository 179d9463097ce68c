"""Claims about the platform; each test is named as the claim it makes."""
