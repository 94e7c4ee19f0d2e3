"""A pack as a file of an office: each format is a module, and knows nothing of the others."""
