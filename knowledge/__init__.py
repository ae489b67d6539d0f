"""Directives: read, parse, index, search, answer. Knows neither Telegram nor records."""
