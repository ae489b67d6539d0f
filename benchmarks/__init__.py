"""Figures of the product, printed as tables; run by hand and by `make bench`."""
