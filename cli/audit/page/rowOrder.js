// Order of the rows: a column head sorts by its cells, their `data-v` or else their text, and back to front when pressed again.
(() => {
  "use strict";

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  /** Rows without a value come last, whichever way the others go. */
  function compare(a, b, isNumber, sign) {
    if (a === "" || b === "") {
      return a === b ? 0 : a === "" ? 1 : -1;
    }
    return sign * (isNumber ? Number(a) - Number(b) : collator.compare(a, b));
  }

  function valueOf(cell) {
    return cell.dataset.v ?? (cell.querySelector("bdi") ?? cell).textContent;
  }

  document.querySelectorAll("table.sortable").forEach((table) => {
    const heads = [...table.tHead.rows[0].cells];
    table.tHead.addEventListener("click", (event) => {
      const button = event.target.closest(".sort");
      if (button === null) {
        return;
      }
      const head = button.closest("th");
      const column = heads.indexOf(head);
      const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      const isNumber = button.dataset.order === "number";
      const sign = direction === "ascending" ? 1 : -1;
      const rows = [...table.tBodies].map((row) => ({
        row,
        value: valueOf(row.rows[0].cells[column]),
      }));
      rows.sort((a, b) => compare(a.value, b.value, isNumber, sign));
      table.append(...rows.map(({ row }) => row));
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", direction);
    });
  });
})();
