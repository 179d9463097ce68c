"""How fast notices are planned and mailed, beside the bare mail client."""
