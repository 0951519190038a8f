"""What leaves the case: numbered, redacted, hashed, explained. Knows neither store nor index."""
