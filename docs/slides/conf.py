"""How Sphinx builds the slides; `make slides` calls it on a copy of them."""

project = "Recurrent networks, lesson by lesson"
extensions = ["myst_parser", "sphinx_revealjs", "tools.slides.extension"]
exclude_patterns = ["figures/*.md"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
html_math_renderer = "mathml"
pygments_style = "a11y-high-contrast-light"

revealjs_style_theme = "white"
revealjs_static_path = ["static"]
revealjs_css_files = ["pygments.css", "slides.css"]
notes = {"name": "RevealNotes", "src": "revealjs/plugin/notes/notes.js"}
revealjs_script_plugins = [notes]
revealjs_script_conf = {
    "width": 1280,
    "height": 720,
    "margin": 0,
    "hash": True,
    "controls": False,  # they would lie on the lower right corner
    "transition": "none",
    "slideNumber": "c/t",
    "pdfSeparateFragments": False,
}
