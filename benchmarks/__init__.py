"""Programs that measure: each prints its figures as ratios within one run. Nothing here is asserted."""
