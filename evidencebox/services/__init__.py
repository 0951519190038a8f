"""One small module for each verb, shared by the window and the command line."""
