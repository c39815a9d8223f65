"""The commander's view over HTTP."""
