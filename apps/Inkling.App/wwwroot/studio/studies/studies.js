// What the pages of studies need from the browser: a drawing as a bitmap, and texts for the clipboard.
const scale = 2;

async function savePng(button) {
  const picture = new Image();
  picture.src = button.dataset.png;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.naturalWidth * scale;
  canvas.height = picture.naturalHeight * scale;
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  const bitmap = await new Promise(done => canvas.toBlob(done, 'image/png'));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bitmap);
  link.download = button.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.querySelector('span'), before = words.textContent;
  if (before === 'Copied') return;
  words.textContent = 'Copied';
  setTimeout(() => { words.textContent = before; }, 1500);
}

document.addEventListener('click', event => {
  const png = event.target.closest('[data-png]'), text = event.target.closest('[data-copy]');
  if (png) savePng(png);
  if (text) copy(text);
});
