"""Words in a private chat: what they mean, and answers on one's own work."""
