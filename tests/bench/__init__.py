"""The benchmark: fills SQLite and PostgreSQL, asks and writes, and sets every figure beside its goal. `make bench`.

Not a test: it times, and tests never do. `__main__` reads the arguments; each section stands in a module of its name.
"""
