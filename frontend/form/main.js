// The script of the questionnaire page, and of no other.
import WebForm from "./form.js";
import { keepOffline } from "./offline.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
customElements.define("li-form", WebForm);
keepOffline(document.querySelector("li-form"));
