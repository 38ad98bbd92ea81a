"""The long proofs: what takes too long for the suite. Their results lie in bench/results, with commit and machine."""
