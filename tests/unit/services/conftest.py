"""The stores that tests here are tried with."""

from tests.unit.stores import any_store, kept, reopen, server, store

__all__ = ["any_store", "kept", "reopen", "server", "store"]
