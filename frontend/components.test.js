import { beforeEach, expect, it } from "vitest";
import { start } from "./components.js";

beforeEach(() => {
  document.body.className = "js-enabled govuk-frontend-supported";
  document.body.innerHTML = "";
});

it("starts each component once, also when more of the page arrives", () => {
  document.body.innerHTML = '<button id="one" data-module="govuk-button">One</button>';
  start(document);
  document.body.insertAdjacentHTML("beforeend", '<button id="two" data-module="govuk-button">Two</button>');
  start(document);
  expect(document.querySelectorAll("[data-govuk-button-init]")).toHaveLength(2);
});

it("leads the reader to the summary of errors", () => {
  document.body.innerHTML = '<div class="govuk-error-summary" data-module="govuk-error-summary"><a href="#x">x</a></div>';
  start(document);
  expect(document.activeElement.className).toBe("govuk-error-summary");
});
