"""What is owed: the one place that says which report, of whom, by when, and how it stands."""
