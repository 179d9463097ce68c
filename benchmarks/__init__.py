"""Speed and memory as ratios to a bare yardstick of the same work, measured in the same run."""
