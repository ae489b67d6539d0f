"""Records on the move: to a file and back, and from the folder to a database."""
