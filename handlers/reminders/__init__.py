"""Reminders in the chat: what is due, putting off, more time, reminders of one's own."""
