"""Directives sent out to units, and who has read and understood them (quán triệt)."""
