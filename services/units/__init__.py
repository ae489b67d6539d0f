"""The tree of units changes with dates, and what ended is answered for by who took over."""
