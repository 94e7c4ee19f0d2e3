// A form whose answer takes long says so meanwhile, and is sent once. Without a script it is sent all the same.
const forms = [...document.querySelectorAll("form[data-waiting]")].map((form) => {
  // Screen readers tell what is put into a region that was there before.
  const told = document.createElement("p");
  told.className = "waiting";
  told.role = "status";
  form.append(told);
  return { form, told };
});

for (const { form, told } of forms) {
  form.addEventListener("submit", (event) => {
    if (told.textContent) event.preventDefault();
    else told.textContent = form.dataset.waiting;
  });
}
// Whoever comes back finds the form as it was, ready to be sent again.
addEventListener("pageshow", () => forms.forEach(({ told }) => told.replaceChildren()));
