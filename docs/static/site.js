// What the pages' HTML cannot say by itself.
"use strict";

// Opened as files, pages may not read each other: the search then shows
// titles without excerpts instead of an error for each result.
if (
  location.protocol === "file:" &&
  typeof DOCUMENTATION_OPTIONS !== "undefined"
) {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

// A box that scrolls takes the keyboard, and says what it is.
const BOXES = {
  "article pre": "Code or output, scrolls sideways",
  ".table-wrapper": "Table, scrolls sideways",
  ".math-wrapper": "Formula, scrolls sideways",
};

function markScrollingBoxes() {
  for (const [selector, label] of Object.entries(BOXES)) {
    document.querySelectorAll(selector).forEach((box) => {
      const scrolls =
        box.scrollWidth > box.clientWidth ||
        box.scrollHeight > box.clientHeight;
      if (scrolls) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", label);
      } else {
        box.removeAttribute("tabindex");
        box.removeAttribute("role");
        box.removeAttribute("aria-label");
      }
    });
  }
}

document.addEventListener("DOMContentLoaded", () => {
  // Two landmarks of one kind need names to be told apart.
  document
    .querySelector("aside.sidebar-drawer")
    ?.setAttribute("aria-label", "Search and lessons");
  document
    .querySelector("aside.toc-drawer")
    ?.setAttribute("aria-label", "On this page");
  markScrollingBoxes();
});
window.addEventListener("load", markScrollingBoxes);
window.addEventListener("resize", markScrollingBoxes);
// What was folded has a size only once it opens.
document.addEventListener("toggle", markScrollingBoxes, true);
