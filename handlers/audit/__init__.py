"""The audit log in the chat: `/nhatky`."""
