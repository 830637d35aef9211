"""Tribune: comments, page views and the most-read list of a news site, on AWS Lambda and DynamoDB."""

import gc
import os

VERSION = "0.1.0"

# A cold start makes some 80,000 objects, nearly all for good: looking for garbage among them, every 700 of them as
# Python does, takes a fifteenth of its time. What requests leave behind is looked for as before, only less often.
gc.set_threshold(100_000)
# pydantic would look for plug-ins of its own in every package installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
