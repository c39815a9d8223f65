"""The incident log over HTTP: lists, one incident at a moment, its entries, and writing them."""
