"""One function for each kind of paper: a scene in, files of the trove out."""
