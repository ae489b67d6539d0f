"""Reporting in the chat: `/baocao`, one-tap results and the guided dialog."""
