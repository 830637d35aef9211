"""What the service costs in US dollars: measured units, a dated file of prices, and a model of a month."""
