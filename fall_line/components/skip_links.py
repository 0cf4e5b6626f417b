"""Links for the keyboard to parts that lie many stops away; they are seen while one of them has the focus."""

from dash import html

from fall_line.components.attributes import aria


def skip_links(parts: dict[str, str]) -> html.Nav:
    """Return the links to `parts`, ids by what they are called."""
    links = [html.A(f"Skip to {name}", href=f"#{part}") for name, part in parts.items()]
    return html.Nav(links, className="skip-links", **aria(label="Parts of the page"))
