// Starts the components of GOV.UK and the Ministry of Justice, whose addresses the page tells. Where
// one of them fails, the page still works.
const modules = [...document.querySelectorAll("link[rel=modulepreload]")].map(({ href }) => href);

const start = (scope) => {
  for (const href of modules) {
    import(href)
      .then((components) => components.initAll({ scope }))
      .catch((error) => console.info(`${href} was not started`, error));
  }
};

document.body.classList.add("js-enabled", "govuk-frontend-supported");
start(document);

// What htmx puts into a page is started too; the page itself is not started twice.
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    start(event.detail.elt);
  }
});
