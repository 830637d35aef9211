"""Tribune: comments, page views and the most-read list of a news site, on AWS Lambda and DynamoDB."""

VERSION = "0.1.0"
