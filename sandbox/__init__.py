"""A stand-in for Telegram on this machine: a Bot API server and a chat page."""
