"""Reporting periods, reminders, digests, and their delivery."""
