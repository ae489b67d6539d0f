"""Tables that admins send as files: read into rows, their mistakes named row by row."""
