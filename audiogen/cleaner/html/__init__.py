"""What is heard of an HTML page."""
