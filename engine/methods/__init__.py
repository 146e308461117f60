"""In which ways may a criterion be scored? One module a method; what must be known of one stands in it."""
