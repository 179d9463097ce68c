"""Technical assistance: requests, resources with evidence, hospitals' quality reporting to CMS."""
