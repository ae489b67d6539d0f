"""The stores behind `records.store`, backups, and the way from one store to another."""
