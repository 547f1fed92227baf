"""Articles written for this project, in the shape of real pages, and the program that narrates one."""
