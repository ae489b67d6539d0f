"""Commands of the terminal that do more than start the assistant."""
