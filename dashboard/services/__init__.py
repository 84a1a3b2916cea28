"""One module a use. Each function takes (deps, state) and answers with a frozen view."""
