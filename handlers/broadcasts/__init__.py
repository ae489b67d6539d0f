"""Sending a directive out and acknowledging it: `/phobien`."""
