"""How people come in, what they may do here, and who stands in for whom."""
