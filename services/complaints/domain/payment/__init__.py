"""Payment reviews that protect the Trust Fund: which claims, what setting, how many dollars (42 CFR 476). Pure."""
