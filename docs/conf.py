"""How Sphinx builds the site; `make site` calls it on the project's folder."""

project = "Recurrent networks, lesson by lesson"
html_title = "Recurrent networks"
language = "en"

extensions = ["myst_nb", "tools.site.extension"]
root_doc = "index"
# Exactly these become pages; where the rest lies is not even looked at.
include_patterns = [
    "index.md",
    "notebooks/*.ipynb",
    "notebooks/solutions/*.ipynb",
    "figures/README.md",
    "docs/teaching.md",
    "docs/leaderboard.md",
    "docs/glossary.md",
    "CONTRIBUTING.md",
]
exclude_patterns = [
    "build",
    "lessons",
    "tests",
    "utils",
    ".*",
    "**/.*",
    "**/*-Copy*",
]

# Lessons are shown as they are stored; nothing is executed here.
nb_execution_mode = "off"
nb_merge_streams = True
nb_code_prompt_show = "Show what this page imports"
nb_code_prompt_hide = "Hide what this page imports"
# Nothing is fetched from elsewhere: the widgets' scripts stay out.
nb_ipywidgets_js = {}
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 4
html_math_renderer = "mathml"

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
templates_path = ["templates"]
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
