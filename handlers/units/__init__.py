"""The tree of units in the chat: `/donvi`, takeovers, and units to choose from."""
