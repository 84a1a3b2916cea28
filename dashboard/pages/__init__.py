"""Pages made on the server, without Dash: signing in, the field end's shell, the public end."""

from dashboard.pages import field, public, sign_in

BLUEPRINTS = (sign_in.blueprint, field.blueprint, public.blueprint)
