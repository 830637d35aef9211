"""One function per verb: what the service does, with its rules and its storage."""
