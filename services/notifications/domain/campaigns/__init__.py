"""Campaign messages: prepared, approved by a second person, sent in stages."""
