"""Letting people in: `/moi`, invitations, requests for access; who can be reached."""
