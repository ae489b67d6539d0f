"""Telegram in, Telegram out: one folder a feature, what they share in core; thin."""
