"""Answers on one's own work and that of one's units, from the records."""
