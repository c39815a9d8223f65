"""Work in the background of a server: one thread that takes turns, and a watch beside what takes long."""
