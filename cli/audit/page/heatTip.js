// Names the domain under the pointer: in the heat map, the head may be far away.
(() => {
  "use strict";

  const table = document.querySelector(".heat");
  const tip = document.querySelector(".heat-tip");
  if (table === null || tip === null) {
    return;
  }
  const domains = [...table.querySelectorAll(".heat-head text")].map((head) => head.dataset.domain);
  const pitch = 24; // As heatMap.ts draws it.
  const distance = 14;

  table.addEventListener("pointermove", (event) => {
    const row = event.target.closest(".heat-row");
    const x = row === null ? -1 : event.clientX - row.getBoundingClientRect().left;
    const domain = domains[Math.floor(x / pitch)];
    const part = domain === undefined ? undefined : riskOf(row.getAttribute("aria-label"), domain);
    tip.hidden = domain === undefined;
    if (domain !== undefined) {
      tip.textContent = `${domain}: ${part ?? "nothing"}`;
      tip.style.left = `${Math.min(event.clientX + distance, innerWidth - tip.offsetWidth - distance)}px`;
      tip.style.top = `${event.clientY + distance}px`;
    }
  });
  table.addEventListener("pointerleave", () => {
    tip.hidden = true;
  });

  /** The text of a row has a list of domains for each risk: `Configuration: routing, outbound (unused); …`. */
  function riskOf(label, domain) {
    for (const part of label.split("; ")) {
      const [risk, list = ""] = part.split(": ");
      const names = list.split(", ");
      if (names.includes(domain)) {
        return risk;
      }
      if (names.includes(`${domain} (unused)`)) {
        return `${risk}, unused`;
      }
    }
    return undefined;
  }
})();
