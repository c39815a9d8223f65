"""Warnings over HTTP: what is suggested, areas, drafts and their steps, deliveries, products, and the public feed."""
