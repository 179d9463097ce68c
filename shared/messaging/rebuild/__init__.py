"""Fills a service's empty schema again from what it has said itself, without saying or deciding anything twice."""
