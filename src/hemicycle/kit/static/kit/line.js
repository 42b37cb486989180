// Counts down and sends the form again; without a script the button does.
const form = document.querySelector("form[data-seconds]");
const shown = form.querySelector("output");
let left = Number(form.dataset.seconds);
const tick = () => {
  shown.textContent = String(left);
  if (left <= 0) return form.requestSubmit();
  left -= 1;
  setTimeout(tick, 1000);
};
tick();
