"""Which language a text is in: the whole of a page, and the passages of another language inside of it."""
