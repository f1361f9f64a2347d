// Takes the network along: its files from the program, its picture from the page.
import { desk } from './desk.js';
import { toPng, toSvg } from './picture.js';

const save = (name, blob) => {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
  desk.announce(`${name} is saved.`);
};

desk.on('leave/file', (answer, bytes) => save(answer.body.text, new Blob([bytes])));
desk.on('leave/problem', answer => desk.say(answer.body.text));
for (const button of document.querySelectorAll('[data-leave]')) {
  const kind = button.dataset.leave;
  button.onclick = async () => {
    if (kind === 'svg') save('network.svg', new Blob([toSvg()], { type: 'image/svg+xml' }));
    else if (kind === 'png') save('network.png', await toPng());
    else desk.send({ do: `leave/${kind}` });
  };
}
