"""Programs for developers of audiogen; none of them is installed."""
