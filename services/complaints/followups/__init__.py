"""What follows from cases for others: counts of activity, and referrals of confirmed concerns."""
