"""What happens to returns on their way: messes of every kind, and what may be read after them."""
