// What widgets of Jupyter leave out: names, groups, and keys of their own.
(() => {
  if (window.coursePanels) return;
  const within = (event) => event.target.closest?.(".course-panel");

  // JupyterLab listens on the document: arrows and letters end before it.
  document.body.addEventListener("keydown", (event) => {
    const passes = event.ctrlKey || event.metaKey || event.altKey;
    if (within(event) && !passes && event.key !== "Escape")
      event.stopPropagation();
  });

  // What is typed makes the answer below an old one.
  document.body.addEventListener("input", (event) => {
    if (within(event) && event.target.matches("textarea, [type=text]"))
      within(event).dataset.stale = "";
  });

  // To show its caret, a field would scroll to below the picture.
  document.body.addEventListener("focusin", (event) => {
    if (within(event) && event.target.matches("textarea, [type=text]"))
      event.target.scrollIntoView({block: "nearest"});
  });

  // Whoever writes one half as 0,5 means 0.5.
  document.body.addEventListener("beforeinput", (event) => {
    const typed = within(event) && event.target.matches(".widget-readout");
    if (!typed || event.data !== ",") return;
    event.preventDefault();
    document.execCommand("insertText", false, ".");
  });

  const name = (control, label) => {
    control.setAttribute("aria-label", label.textContent);
  };
  const each = (selector, act) => {
    const found = `.course-panel ${selector}:not([data-named])`;
    for (const control of document.querySelectorAll(found)) {
      const label = control.querySelector(".widget-label");
      if (!label?.textContent) continue;
      control.dataset.named = "";
      act(control, label);
    }
  };
  let groups = 0;
  const look = (changes) => {
    for (const change of changes)
      change.target
        .closest?.(".course-said")
        ?.closest(".course-panel")
        ?.removeAttribute("data-stale");
    each(".widget-slider", (slider, label) => {
      name(slider.querySelector("[role=slider]"), label);
      const readout = slider.querySelector(".widget-readout");
      readout.setAttribute("role", "textbox");
      name(readout, label);
    });
    each(".widget-radio", (radio, label) => {
      radio.setAttribute("role", "radiogroup");
      name(radio, label);
      groups += 1;
      for (const input of radio.querySelectorAll("input"))
        input.name = `course-answers-${groups}`;
    });
  };
  window.coursePanels = new MutationObserver(look);
  window.coursePanels.observe(document.body, {
    childList: true,
    subtree: true,
  });
  look([]);
})();
