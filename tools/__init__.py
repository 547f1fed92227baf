"""Programs for whoever works on audiogen; none of them is installed."""
