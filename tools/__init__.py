"""What `make` calls: start the product, test it, check it. Standard library only."""
