"""Other platforms and files: what they send becomes what the operations take. A folder for each partner or format."""
