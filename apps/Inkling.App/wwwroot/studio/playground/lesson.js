// The open lesson: keeps its name in the address, marks what is being tried, and closes.
import { desk } from './desk.js';

const banner = document.getElementById('lesson');

export const lesson = {
  /** What stands before the # in the address while the lesson is open. */
  query: banner ? `?lesson=${banner.dataset.name}` : '',
  /** The set-up to open with where the address has none. */
  setup: banner?.dataset.setup ?? '',
};

if (banner) {
  const tries = [...banner.querySelectorAll('.lesson-tries a')];
  desk.on('setup', answer => {
    for (const link of tries) {
      if (link.hash === `#${answer.setup}`) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  });
  document.getElementById('lesson-close').onclick = event => {
    event.preventDefault();
    banner.remove();
    lesson.query = lesson.setup = '';
    history.replaceState(null, '', location.pathname + location.hash);
    document.getElementById('play').focus();
  };
}
