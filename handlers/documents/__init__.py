"""Documents of the library by chat: `/tailieu`."""
