"""Answers of other libraries: programs that run in `.venv-oracles`, and what runs them and reads their answers."""
