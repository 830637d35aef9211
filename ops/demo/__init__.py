"""The demonstration site of `make serve`: a small newspaper with comments and its most-read list."""
