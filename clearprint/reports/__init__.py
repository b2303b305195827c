"""Reports shown: a module an output format."""
