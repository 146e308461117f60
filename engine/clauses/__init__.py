"""Official scoring clauses: text → reading (a method, what it leaves open, where each part stands), and back."""
