"""A stage of the service in an AWS account: what it is made of, and how each part is brought to be so."""
