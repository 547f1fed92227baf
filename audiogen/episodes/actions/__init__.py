"""The actions of users on the episodes of a library: list, remove, restore, edit, listen, move, publish."""
