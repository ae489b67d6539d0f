"""The library in the chat: questions, `/vanban`, links, inline quotes."""
