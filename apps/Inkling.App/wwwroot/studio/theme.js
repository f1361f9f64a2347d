// Sets the colour scheme before the first paint (a classic script in <head>, so that nothing flashes),
// and lets the button in the navigation go round: as the system does → light → dark.
(() => {
  const key = 'inkling.theme';
  const root = document.documentElement;
  const names = { system: 'as the system', light: 'light', dark: 'dark' };

  const stored = () => {
    try { return localStorage.getItem(key) ?? 'system'; } catch { return 'system'; }
  };

  const apply = theme => {
    if (theme === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', theme);
    const button = document.getElementById('theme');
    if (button) {
      button.dataset.theme = theme;
      button.setAttribute('aria-label', `Colours: ${names[theme]}`);
      button.title = `Colours: ${names[theme]}`;
    }
  };

  apply(stored());

  document.addEventListener('DOMContentLoaded', () => apply(stored()));
  document.addEventListener('click', event => {
    if (!event.target.closest?.('#theme')) return;
    const order = Object.keys(names);
    const next = order[(order.indexOf(stored()) + 1) % order.length];
    try { localStorage.setItem(key, next); } catch { /* private mode: the choice lasts for this page only */ }
    apply(next);
  });
})();
