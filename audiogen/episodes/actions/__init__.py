"""What people do with the episodes of a library: list, remove, restore, edit, listen, move, publish."""
