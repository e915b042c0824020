"""What a person meets in a browser."""
