// How many figures are chosen, told in the bar. Without this the page works as well.
const told = document.getElementById("chosen-count");
const boxes = document.querySelectorAll(".decision input[type=checkbox]");

function tell() {
  const n = Array.from(boxes).filter((box) => box.checked).length;
  told.textContent = told.dataset.words.replace("{n}", n);
}

if (told && boxes.length) {
  told.hidden = false;
  boxes.forEach((box) =>
    box.addEventListener("change", () => {
      tell();
      if (box.checked) document.getElementById(`reason_${box.value}`).focus();
    }),
  );
  tell();
}
