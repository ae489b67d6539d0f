"""What every feature of the chat stands on; it knows none of them."""
