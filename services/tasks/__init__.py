"""Tasks: assigned to units and people, changed, withdrawn, closed, and whose they are."""
