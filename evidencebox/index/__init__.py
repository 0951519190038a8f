"""The index: Whoosh is the language, numpy is the engine, SQLCipher is the disk."""
