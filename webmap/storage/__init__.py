"""Everything the product keeps in its database beside the layers, and how the tables come to their present form."""
