// The filter: one for all parts of the page. An item stays when it has every chosen token and every word of the text.
(() => {
  "use strict";

  const text = document.getElementById("filter-text");
  const choices = [...document.querySelectorAll(".choice select")];
  const clear = document.getElementById("filter-clear");
  const result = document.getElementById("filter-result");
  const toggle = document.querySelector(".filters-toggle");
  const parts = [...document.querySelectorAll("[data-part]")];

  const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

  /** What a reader sees of an item, and what its unopened details would show. */
  function wordsOf(element) {
    const details = element.querySelector("noscript");
    if (details === null) {
      return element.textContent.toLowerCase();
    }
    const sleeping = details.textContent
      .replace(/<[^>]*>/g, " ")
      .replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);
    return `${element.rows[0].textContent} ${sleeping}`.toLowerCase();
  }

  const items = [...document.querySelectorAll("[data-f]")].map((element) => ({
    element,
    tokens: new Set(element.dataset.f.split(" ")),
    words: undefined,
  }));
  const followers = [...document.querySelectorAll("[data-of]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const counted = [
    ["credential", "#inventory [data-row]"],
    ["finding", ".findings > li"],
    ["unmanaged client", "#unmanaged-table [data-row]"],
  ].map(([noun, selector]) => ({ noun, elements: [...document.querySelectorAll(selector)] }));

  function apply() {
    const wanted = choices.map((choice) => choice.value).filter((token) => token !== "");
    const sought = text.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    const isActive = wanted.length > 0 || sought.length > 0;
    document.documentElement.classList.toggle("filtering", isActive);
    const hiddenIds = new Set();
    for (const item of items) {
      let fits = wanted.every((token) => item.tokens.has(token));
      if (fits && sought.length > 0) {
        item.words ??= wordsOf(item.element);
        fits = sought.every((word) => item.words.includes(word));
      }
      item.element.hidden = !fits;
      if (!fits && item.element.id !== "") {
        hiddenIds.add(item.element.id);
      }
    }
    for (const follower of followers) {
      follower.toggleAttribute("hidden", hiddenIds.has(follower.dataset.of));
    }
    const isShown = (within) =>
      within.querySelector("[data-f]:not([hidden]), [data-of]:not([hidden])") !== null;
    groups.forEach((group) => {
      group.hidden = !isShown(group);
    });
    document.querySelectorAll("details.more").forEach((details) => {
      details.open = isActive;
      details.hidden = isActive && !isShown(details);
    });
    parts.forEach((part) => {
      const hasItems = part.querySelector("[data-f], [data-of]") !== null;
      part.querySelector(".filtered-out").hidden = !hasItems || isShown(part);
    });
    clear.hidden = !isActive;
    result.textContent = isActive ? counted.flatMap(countText).join(", ") : "";
  }

  function countText({ noun, elements }) {
    const shown = elements.filter((element) => !element.hidden).length;
    return elements.length === 0
      ? []
      : [
          `${shown.toLocaleString("en")} of ${elements.length.toLocaleString("en")} ${noun}${elements.length === 1 ? "" : "s"}`,
        ];
  }

  function reset() {
    text.value = "";
    choices.forEach((choice) => {
      choice.value = "";
    });
    apply();
  }

  let frame = 0;
  text.addEventListener("input", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(apply);
  });
  choices.forEach((choice) => choice.addEventListener("change", apply));
  clear.addEventListener("click", () => {
    reset();
    text.focus();
  });
  toggle.addEventListener("click", () => {
    const isOpen = document.getElementById("filter-choices").classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(isOpen));
  });
  document.querySelectorAll("a[data-filter]").forEach((link) => {
    const token = link.dataset.filter;
    const choice = choices.find((one) => [...one.options].some((option) => option.value === token));
    if (token !== "" && choice !== undefined) {
      link.addEventListener("click", () => {
        reset();
        choice.value = token;
        apply();
      });
    }
  });
  document.addEventListener("report:reveal", (event) => {
    if (event.detail.hidden) {
      reset();
    }
  });
  // A browser that comes back to the page keeps what stood in the fields.
  if (text.value !== "" || choices.some((choice) => choice.value !== "")) {
    apply();
  }
})();
