"""A dossier drafted from a report that was published: what could be read, and a list of what a person must look at."""
