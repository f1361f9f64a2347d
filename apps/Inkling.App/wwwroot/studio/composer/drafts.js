// Keeps the draft in this browser, so that a reload loses nothing. The tab's own copy (sessionStorage) goes first: two tabs
// with two drafts do not overwrite each other. The other copy (localStorage) outlives the tab.

const key = 'inkling.draft';
const pause = 150;

export class Drafts {
  #timer = 0; #pending = null;

  constructor() {
    addEventListener('pagehide', () => this.flush());
    document.addEventListener('visibilitychange', () => this.flush());
  }

  load() {
    for (const storage of [() => sessionStorage, () => localStorage]) {
      try {
        const draft = JSON.parse(storage().getItem(key) ?? 'null');
        if (draft && typeof draft.body === 'string') return draft;
      } catch { /* no storage, or not ours: the next one */ }
    }
    return null;
  }

  save(draft) {
    this.#pending = draft;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  flush() {
    clearTimeout(this.#timer);
    if (this.#pending === null) return;
    const text = JSON.stringify(this.#pending);
    this.#pending = null;
    for (const storage of [() => sessionStorage, () => localStorage]) {
      try { storage().setItem(key, text); } catch { /* full or forbidden: the other copy may still hold */ }
    }
  }
}
