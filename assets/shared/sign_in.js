/* Signing in: shows the password while asked to, and sends the form once. The form works without this script. */
const peek = document.querySelector(".door__peek");
const password = document.getElementById("password");
const form = document.querySelector(".door__form");

peek.hidden = false;
peek.addEventListener("click", () => {
  const shown = password.type === "password";
  password.type = shown ? "text" : "password";
  peek.setAttribute("aria-pressed", String(shown));
  password.focus();
});

form.addEventListener("submit", () => {
  password.type = "password"; // so that no browser remembers it as words
  form.querySelector(".door__enter").disabled = true;
});

window.addEventListener("pageshow", () => {
  form.querySelector(".door__enter").disabled = false; // back from where one went
});
