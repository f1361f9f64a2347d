// Asks POST /v1/completions of this program. The newest question wins: an older one is aborted.

const timeout = 10_000;
const longestText = 200_000;     // the server refuses bodies over 1 MB; what counts stands just before the caret
const longestPrevious = 20_000;

export class Completions {
  #session = crypto.randomUUID();
  #flight = null;

  /** True while an answer is awaited. */
  get busy() { return this.#flight !== null; }

  /** Drops the question in flight, if any. */
  cancel() {
    this.#flight?.abort();
    this.#flight = null;
  }

  /**
   * The answer to a draft, with `roundTripMs` added; null when a newer question or cancel() overtook it.
   * What goes wrong comes back as an answer without suggestion and a reason of this page's own.
   */
  async ask({ text, subject, previous, to }) {
    this.cancel();
    const flight = this.#flight = new AbortController();
    const timer = setTimeout(() => flight.abort('timeout'), timeout);
    const started = performance.now();
    try {
      const response = await fetch('v1/completions', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          text: text.slice(-longestText).toWellFormed(),
          subject: subject.toWellFormed(),
          previous: previous.slice(0, longestPrevious).toWellFormed(),
          to,
          session: this.#session,
        }),
        signal: flight.signal,
      });
      const answer = response.ok ? await response.json() : failure(response.status, await response.json().catch(() => null));
      return this.#flight === flight ? { ...answer, roundTripMs: performance.now() - started } : null;
    } catch {
      if (this.#flight !== flight) return null;
      return { suggestion: null, candidates: [], reason: flight.signal.reason === 'timeout' ? 'timeout' : 'unreachable' };
    } finally {
      clearTimeout(timer);
      if (this.#flight === flight) this.#flight = null;
    }
  }
}

function failure(status, problem) {
  return {
    suggestion: null,
    candidates: [],
    reason: status === 503 ? 'no-model' : 'refused',
    detail: problem?.detail ?? problem?.title ?? `The server answered ${status}.`,
  };
}
