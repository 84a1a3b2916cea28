"""Every id on the desk."""

URL = "desk-url"
