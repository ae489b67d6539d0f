"""The stores that tests here are tried with."""

from tests.unit.stores import kept, server, store

__all__ = ["kept", "server", "store"]
