"""Keys, slots, encrypted connections and the creation of private files. The only package that
imports sqlcipher3, cryptography, argon2 or keyring."""
