"""Reviewing reports, and the models one may see: `/duyet`, `/mohinh`."""
