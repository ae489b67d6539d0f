"""Telegram in, Telegram out: one module per conversation, each thin."""
