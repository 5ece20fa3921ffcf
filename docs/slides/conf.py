"""How Sphinx builds the slides; `make slides` calls it on a copy of them."""

project = "Recurrent networks, lesson by lesson"
language = "en"

extensions = ["myst_parser", "sphinx_revealjs", "tools.slides.extension"]
root_doc = "index"
suppress_warnings = ["toc.not_included"]  # a deck is no chapter
myst_enable_extensions = ["colon_fence", "dollarmath"]
html_math_renderer = "mathml"

revealjs_style_theme = "white"
revealjs_static_path = ["static"]
revealjs_css_files = ["slides.css"]
revealjs_script_conf = {
    "width": 1280,
    "height": 720,
    "margin": 0,
    "center": False,
    "hash": True,
    "controls": False,  # they would lie on the lower right corner
    "transition": "none",
    "slideNumber": "c/t",
    "pdfSeparateFragments": False,
}
revealjs_script_plugins = [
    {"name": "RevealNotes", "src": "revealjs/plugin/notes/notes.js"},
    {
        "name": "RevealHighlight",
        "src": "revealjs/plugin/highlight/highlight.js",
    },
]
