// Starts the components of GOV.UK and the Ministry of Justice. Where their files are not there, or
// one of them fails, the pages still work.
const { search } = new URL(import.meta.url);

const start = (scope) => {
  for (const name of ["govuk-frontend", "moj-frontend"]) {
    import(new URL(`../assets/${name}.min.js${search}`, import.meta.url))
      .then((components) => components.initAll({ scope }))
      .catch((error) => console.info(`${name} was not started`, error));
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
