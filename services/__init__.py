"""Use cases: what people do with the records, each in one transaction."""
