// Keys for a dense list: j and k move, Enter opens, x picks, / goes to the search box. The page works without it.
const typing = (target) => target.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
const search = document.querySelector("[data-search]");
const table = document.querySelector("[data-keys]");
const rows = table ? [...table.tBodies[0].rows] : [];
let at = rows.findIndex((row) => row.classList.contains("is-current"));

function move(step) {
  if (!rows.length) return;
  at = Math.min(Math.max(at + step, 0), rows.length - 1);
  rows.forEach((row, index) => row.classList.toggle("is-current", index === at));
  rows[at].querySelector("a")?.focus();
}

const boxes = table ? [...table.querySelectorAll("tbody input[type=checkbox]")] : [];
const all = table?.querySelector("thead input[type=checkbox]");
const count = document.querySelector("[data-picked]");
const line = document.querySelector("[data-picked-line]");
if (line) line.hidden = false;

function recount() {
  const picked = boxes.filter((box) => box.checked).length;
  if (count) count.textContent = picked;
  if (all) {
    all.checked = picked > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
  }
}

if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    recount();
  });
}
boxes.forEach((box) => box.addEventListener("change", recount));
recount();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
  } else if (event.key === "x" && rows[at]) {
    const box = rows[at].querySelector("input[type=checkbox]");
    if (box) {
      box.checked = !box.checked;
      recount();
    }
  } else if (event.key === "Enter" && event.target === document.body && rows[at]) {
    rows[at].querySelector("a")?.click();
  }
});
