// Details of a credential: made only when somebody opens them, prints, or follows a link to them.
(() => {
  "use strict";

  const rows = () => document.querySelectorAll("#inventory [data-row]");

  /** With scripts on, a browser keeps what stands in `<noscript>` as text; the text is markup of the page itself. */
  function fill(row) {
    const sleeping = row.querySelector(".details noscript");
    if (sleeping !== null) {
      const cell = sleeping.parentElement;
      cell.innerHTML = sleeping.textContent;
      drawLine(row, cell.querySelector(".detail-line"));
    }
  }

  /** The time line stands in the part about rotation already: the same drawing, here too. */
  function drawLine(row, place) {
    const copy = (selector) => document.querySelector(selector).cloneNode(true);
    const heading = document.createElement("h3");
    heading.textContent = "Time line";
    const lined = document.createElement("div");
    lined.className = "lined";
    lined.append(copy(".axis-labels"), copy(".axis-grid"), copy(`.lines [data-of="${row.id}"] .line`));
    place.append(heading, lined);
  }

  function setOpen(row, isOpen) {
    if (isOpen) {
      fill(row);
    }
    row.classList.toggle("open", isOpen);
    row.querySelector(".toggle").setAttribute("aria-expanded", String(isOpen));
  }

  function showTarget() {
    const target = document.getElementById(location.hash.slice(1));
    if (target === null || !target.matches("#inventory [data-row]")) {
      return;
    }
    document.dispatchEvent(new CustomEvent("report:reveal", { detail: target }));
    setOpen(target, true);
    target.scrollIntoView({ block: "start" });
    target.querySelector(".toggle").focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest(".toggle");
    if (toggle !== null) {
      const row = toggle.closest("[data-row]");
      setOpen(row, !row.classList.contains("open"));
      return;
    }
    const link = event.target.closest('a[href^="#c"]');
    if (link !== null && link.getAttribute("href") === location.hash) {
      showTarget(); // The same link twice changes no address.
    }
  });
  document.getElementById("expand-all")?.addEventListener("click", () => {
    [...rows()].filter((row) => !row.hidden).forEach((row) => setOpen(row, true));
  });
  document.getElementById("collapse-all")?.addEventListener("click", () => {
    rows().forEach((row) => setOpen(row, false));
  });
  addEventListener("hashchange", showTarget);
  showTarget();

  /** Paper cannot be pressed: everything that is not filtered out is there before it is printed. */
  function unfoldForPrint() {
    rows().forEach(fill);
    document.querySelectorAll("details.more").forEach((details) => {
      details.open = true;
    });
  }
  addEventListener("beforeprint", unfoldForPrint);
  matchMedia("print").addEventListener("change", (event) => {
    if (event.matches) {
      unfoldForPrint();
    }
  });
})();
