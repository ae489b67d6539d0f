"""The application: settings, wiring, command line, and every sentence it says."""
