"""What ends a command in one line: an operator's affair, no fault of the program."""


class OperatorError(Exception):
    """A command cannot go on; the message tells the operator in one line why, and what to do."""
