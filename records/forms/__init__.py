"""Forms as data: what is asked in a report, its bounds, totals and grading."""
