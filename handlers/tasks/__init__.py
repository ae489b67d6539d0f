"""Tasks in the chat: one's own (/nhiemvu), and assigning them (/giaoviec)."""
