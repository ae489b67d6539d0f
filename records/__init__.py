"""Units, people, tasks, forms, drafts, reports and the outbox, with their stores."""
