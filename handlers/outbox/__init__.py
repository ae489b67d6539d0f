"""What the bot owes, in the chat: `/trangthai`."""
