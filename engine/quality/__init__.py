"""Do rules and engine keep their word? Examples, thresholds, past cases, and the lists made of them."""
