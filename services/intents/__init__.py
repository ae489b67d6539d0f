"""What an officer means by his words: his own work, a dialog, a reminder, or a question."""
