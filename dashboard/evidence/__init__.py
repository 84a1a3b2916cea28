"""Evidence files: pictures made harmless (pictures.py), and the store that keeps their bytes (store.py)."""
