"""Readers of real file formats and the sample generator; they speak feed contracts."""
