// The line to the run: commands go out as JSON; what comes is the length of a JSON text, the text, and maps behind it.
export class Line {
  #socket = null;
  #tries = 0;
  #closed = false;

  constructor(onAnswer, onState, opening, path = '/playground/socket') {
    this.onAnswer = onAnswer;
    this.onState = onState;
    this.opening = opening;
    this.path = path;
    addEventListener('pagehide', () => { this.#closed = true; this.#socket?.close(); });
    addEventListener('pageshow', event => { if (event.persisted) { this.#closed = false; this.connect(); } });
    this.connect();
  }

  connect() {
    const socket = this.#socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${this.path}`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => { this.onState(true, ''); const opening = this.opening(); this.send({ do: 'open', ...(typeof opening === 'string' ? { name: opening } : opening) }); };
    socket.onmessage = event => {
      this.#tries = 0;
      const length = new DataView(event.data).getInt32(0, true);
      this.onAnswer(JSON.parse(new TextDecoder().decode(new Uint8Array(event.data, 4, length))), new Uint8Array(event.data, 4 + length));
    };
    socket.onclose = event => {
      if (this.#closed || socket !== this.#socket) return;
      this.onState(false, event.reason);
      setTimeout(() => this.connect(), Math.min(8000, 500 * 2 ** this.#tries++));
    };
  }

  send(command) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(command));
  }
}
