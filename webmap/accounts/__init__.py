"""People: who they are, what they may do, and how the product knows them again."""
