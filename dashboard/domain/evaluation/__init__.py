"""晾晒: the engine behind a performance display. Pure functions over arrays; usable without the rest of the product.

`engine.evaluate(scheme, inputs)` is the whole of it; the modules beside it are its parts, in the order of work: treat,
normalise, weigh, aggregate, tree, deduct, standing, sampling, method.
"""
