"""Payment reviews: claims, sampling, amounts, setting of care."""
