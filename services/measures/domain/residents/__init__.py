"""Long-stay residents of nursing homes: the 13 measures of the National Nursing Home Quality Care Collaborative."""
