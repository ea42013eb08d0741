// The one script of every page. Pages work without it; it makes them quicker and kinder.
import "./htmx.js";
import { start as startComponents } from "./components.js";
import { start as startIslands } from "./islands.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

function start(root) {
  startComponents(root);
  startIslands(root);
}

// A refused form says so in the title, also when only a part of the page came.
function retitle() {
  const { prefix } = document.getElementById("errors")?.dataset ?? {};
  if (!prefix) return;
  const bare = document.title.startsWith(prefix) ? document.title.slice(prefix.length) : document.title;
  document.title = document.querySelector("#errors .govuk-error-summary") ? prefix + bare : bare;
}

start(document);
document.addEventListener("htmx:after:swap", () => {
  start(document);
  retitle();
});
