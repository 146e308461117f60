"""Official scoring clauses: text → reading (a scoring form, what it leaves open, where each part stands), and back."""
