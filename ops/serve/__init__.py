"""`make serve`: the whole service on this machine, with no AWS account."""
