"""Digests in the chat: the state of the units, urging, coming due days, hours of one's own."""
