"""Notifications: owns notices and the proof of their delivery, hears restricted requests, says what became of each."""
