"""Files to take away, each read back by a program that did not write it."""
