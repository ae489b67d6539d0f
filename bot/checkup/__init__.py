"""Looks an installation over: each thing it needs is in order, or the operator reads what to do."""
