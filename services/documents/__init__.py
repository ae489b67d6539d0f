"""Documents of the library by chat: taken in, looked over, corrected, published, withdrawn."""
