// What the report can do with script on: filter, keys, links to copy, sorting, true size. Nothing here is needed to read it.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const reveal = (element) => { element.hidden = false; };
  all(".filter, .tools, .calibrate").forEach(reveal);

  // Filter: words in a fault's text, and the page it stands on.
  all(".mend").forEach((mend) => {
    const form = mend.querySelector(".filter"), words = form.querySelector(".words"), page = form.querySelector(".onpage");
    const faults = all(".fault", mend), count = form.querySelector(".count");
    const apply = () => {
      const wanted = words.value.trim().toLowerCase();
      faults.forEach((fault) => {
        const said = !wanted || fault.textContent.toLowerCase().includes(wanted);
        fault.hidden = !(said && (!page.value || fault.dataset.pages.includes(` ${page.value} `)));
      });
      all(".question", mend).forEach((question) => { question.hidden = all(".fault", question).every((fault) => fault.hidden); });
      const shown = faults.filter((fault) => !fault.hidden).length;
      count.textContent = shown === faults.length ? count.dataset.all
        : count.dataset.some.replace("{shown}", shown).replace("{all}", faults.length);
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    // A link to a fault that the filter hides shows it again.
    addEventListener("hashchange", () => {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("[hidden]")) { form.reset(); apply(); target.scrollIntoView(); }
    });
  });

  // Keys: n and p go from fault to fault, f to the filter. They can be switched off (WCAG 2.1.4), and rest while one types.
  let at = -1;
  document.addEventListener("focusin", (event) => {
    const heads = all(".fault [tabindex]"), fault = event.target.closest(".fault");
    if (fault) at = heads.findIndex((head) => fault.contains(head));
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(input|select|textarea)$/i.test(event.target.tagName) && event.target.type !== "checkbox";
    const on = document.querySelector(".keys-on");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !on || !on.checked) return;
    const heads = all(".fault:not([hidden]) [tabindex]").filter((head) => !head.closest("[hidden]"));
    if (event.key === "f") { event.preventDefault(); document.querySelector(".words").focus(); return; }
    if ((event.key !== "n" && event.key !== "p") || !heads.length) return;
    const here = heads.indexOf(all(".fault [tabindex]")[at]);
    const next = event.key === "n" ? Math.min(here + 1, heads.length - 1) : Math.max(here - 1, 0);
    heads[next].focus();
    heads[next].scrollIntoView({ block: "start" });
  });

  // A link to a fault: its id is made of its text, so that the link still holds in the next report.
  all(".copy").forEach((button) => button.addEventListener("click", async () => {
    const link = `${location.href.split("#")[0]}#${button.closest(".fault").id}`, before = button.textContent;
    try {
      await navigator.clipboard.writeText(link);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = before; }, 2000);
    } catch {
      prompt(before, link);
    }
  }));

  // Tables sort by a click on a column's head; a second click turns the order round.
  all(".sortable").forEach((table) => all("thead th", table).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending", body = table.tBodies[0];
      all("th", table.tHead).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.cells[column].textContent.trim();
      const compare = "number" in head.dataset
        ? (a, b) => (parseFloat(value(a)) || 0) - (parseFloat(value(b)) || 0)
        : (a, b) => value(a).localeCompare(value(b), undefined, { numeric: true });
      [...body.rows].sort((a, b) => (down ? -1 : 1) * compare(a, b)).forEach((row) => body.append(row));
    });
  }));

  // True size: the number of the ruler holds for all crops, and for this browser's next reports where it may remember.
  const scale = document.getElementById("scale");
  if (!scale) return;
  const set = () => document.documentElement.style.setProperty("--true", scale.value / 100);
  try { scale.value = localStorage.getItem("clearprint-scale") || scale.value; } catch { /* not allowed: it starts at 100 */ }
  scale.addEventListener("input", () => {
    if (!(scale.value >= 50 && scale.value <= 250)) return;
    set();
    try { localStorage.setItem("clearprint-scale", scale.value); } catch { /* it holds for this page */ }
  });
  set();
})();
