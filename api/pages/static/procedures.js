// Copying and printing need a script; without one their buttons stay hidden.
const done = document.querySelector(".within .done");

const written = () =>
  [...document.querySelectorAll("main h1, main h2, main h3, main q, main .limit, main .source, main .to-know, main .strength")]
    .filter((element) => element.checkVisibility() || element.closest("details"))
    .map((element) => {
      const words = element.innerText.replace(/\s+/g, " ").trim() || element.textContent.replace(/\s+/g, " ").trim();
      return /^H[1-3]$/.test(element.tagName) ? `\n${words}\n` : words;
    })
    .join("\n");

const does = {
  print: () => window.print(),
  copy: async () => {
    await navigator.clipboard.writeText(written());
    done.textContent = "Copied.";
  },
};

for (const button of document.querySelectorAll("[data-does]")) {
  const possible = button.dataset.does !== "copy" || navigator.clipboard;
  button.hidden = !possible;
  button.addEventListener("click", () => does[button.dataset.does]());
}
addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
