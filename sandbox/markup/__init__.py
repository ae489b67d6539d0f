"""Formatted text: reading Telegram's markups, finding links and commands, writing HTML."""
