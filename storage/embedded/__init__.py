"""The embedded store: TinyDB in memory, a journal and snapshots in a folder, one process."""
