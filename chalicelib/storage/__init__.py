"""DynamoDB: the keys, the table and one module per noun. The only place that talks to AWS."""
