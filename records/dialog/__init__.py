"""The dialog of a report: a pure step from draft and input to the next draft and prompt."""
