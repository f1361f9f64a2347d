// The network: a column of neurons for each layer, each with its map; edges between them; the weights of the chosen neuron as numbers.
import { paint, paintShare, strong } from './colours.js';

const neuronSide = 32;
const format = value => (Math.abs(value) < 10 ? value.toFixed(2) : value.toPrecision(3)).replace('-', '−');

export class Network {
  #widths = [];
  #inputs = [];
  #buttons = [];       // by column: inputs that are on, hidden layers
  #paths = [];         // by layer of weights, by neuron, by input
  #chosen = null;      // { layer, neuron }: layer of weights that lead to it
  #frame = null;
  #fields = new Map();

  constructor(root, features, send, onLook) {
    this.columns = root.querySelector('.columns');
    this.svg = root.querySelector('.edges');
    this.root = root;
    this.features = features;
    this.send = send;
    this.onLook = onLook;
    this.list = document.getElementById('weights');
    this.title = document.getElementById('neuron-title');
    const observer = new ResizeObserver(() => this.#place());
    observer.observe(root);
    observer.observe(this.columns);
  }

  /** @param classes how many have an output each; 0 for one output. */
  build(widths, inputs, classes = 0, names = [], columns = null) {
    const same = JSON.stringify([widths, inputs, classes, names, columns]) === JSON.stringify([this.#widths, this.#inputs, this.classes, this.names, this.inputNames]);
    this.inputNames = columns;
    this.classes = classes;
    this.names = names;
    this.#widths = widths;
    this.#inputs = inputs;
    if (same) return;
    this.onLook(null);
    const hadFocus = this.columns.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.columns.replaceChildren(this.#inputColumn(), ...widths.slice(1, -1).map((width, layer) => this.#hiddenColumn(width, layer)), this.#outputColumn());
    this.#edges();
    if (!this.#chosen || this.#chosen.layer >= widths.length - 1 || this.#chosen.neuron >= widths[this.#chosen.layer + 1]) this.#chosen = { layer: widths.length - 2, neuron: 0 };
    this.#choose(this.#chosen.layer, this.#chosen.neuron);
    if (!hadFocus) return;
    const again = this.columns.querySelector(`[data-key="${hadFocus}"]`);
    (again?.disabled ? again.parentElement.querySelector('button:not(:disabled)') : again ?? this.outputButtons[0])?.focus();
  }

  /** Takes the maps of all inputs, which never change. */
  paintInputs(bytes) {
    this.inputMaps = bytes;
    this.repaintInputs();
  }

  repaintInputs() {
    this.columns.querySelectorAll('canvas[data-feature]').forEach(canvas => this.#paintInput(canvas));
  }

  show(frame, maps) {
    this.#frame = frame;
    let at = 0;
    for (const column of this.#buttons) {
      for (const button of column) {
        paint(button.querySelector('canvas'), maps.subarray(at, at + neuronSide * neuronSide), neuronSide, this.classesOnly);
        at += neuronSide * neuronSide;
      }
    }
    for (let index = 0; index < this.classes; index++, at += neuronSide * neuronSide)
      paintShare(this.outputButtons[index].querySelector('canvas'), maps.subarray(at, at + neuronSide * neuronSide), neuronSide, index);
    frame.weights.forEach((values, layer) => {
      const width = this.#widths[layer];
      this.#paths[layer]?.forEach((from, neuron) => from.forEach((path, input) => {
        const weight = values[neuron * width + input];
        path.style.stroke = strong(weight);
        path.style.strokeWidth = Math.min(10, 0.6 + 2.2 * Math.abs(weight));
        path.style.opacity = Math.min(1, 0.25 + Math.abs(weight));
      }));
    });
    this.#weights();
    return maps.subarray(at);
  }

  /** The map of a neuron of a hidden layer, or of the output of a class, for the big picture. */
  mapOf(maps, layer, neuron) {
    let at = 0;
    for (let l = 0; l < layer; l++) at += this.#widths[l + 1];
    return maps.subarray((at + neuron) * neuronSide * neuronSide, (at + neuron + 1) * neuronSide * neuronSide);
  }

  #column(name, ...children) {
    const column = document.createElement('div');
    column.className = 'column';
    column.setAttribute('role', 'group');
    column.setAttribute('aria-label', name);
    column.append(...children);
    return column;
  }

  #canvas() { return Object.assign(document.createElement('canvas'), { width: neuronSide * 2, height: neuronSide * 2 }); }

  #inputColumn() {
    const head = Object.assign(document.createElement('p'), { className: 'column-head', textContent: 'Inputs' });
    if (this.inputNames) {
      this.inputButtons = this.inputNames.map(name => this.#columnNode(name));
      return this.#column('Inputs', head, ...this.inputButtons);
    }
    const buttons = this.features.map(({ name, label }) => {
      const button = document.createElement('button'), canvas = this.#canvas(), on = this.#inputs.includes(name);
      button.type = 'button';
      button.className = 'node node--input';
      button.dataset.key = `input-${name}`;
      button.setAttribute('aria-pressed', on);
      button.setAttribute('aria-label', `Input ${label}`);
      button.title = `${label}: ${on ? 'on' : 'off'}`;
      canvas.dataset.feature = name;
      button.append(Object.assign(document.createElement('span'), { textContent: label }), canvas);
      button.onclick = () => this.send({ do: 'set', name, value: String(!on) });
      this.#paintInput(canvas);
      return button;
    });
    this.inputButtons = buttons.filter((_, i) => this.#inputs.includes(this.features[i].name));
    return this.#column('Inputs', head, ...buttons);
  }

  /** A column of own points: it has no map, and is always on. */
  #columnNode(name) {
    const node = document.createElement('div'), label = Object.assign(document.createElement('span'), { textContent: name, title: name });
    node.className = 'node node--input node--own';
    node.append(label, this.#canvas());
    return node;
  }

  #paintInput(canvas) {
    if (!this.inputMaps) return;
    const at = this.features.findIndex(feature => feature.name === canvas.dataset.feature) * neuronSide * neuronSide;
    paint(canvas, this.inputMaps.subarray(at, at + neuronSide * neuronSide), neuronSide);
  }

  #hiddenColumn(width, layer) {
    const shape = () => this.#widths.slice(1, -1), set = widths => this.send({ do: 'set', name: 'networkShape', value: widths.join(',') });
    const change = by => set(shape().map((w, i) => (i === layer ? w + by : w)));
    const head = document.createElement('p');
    head.className = 'column-head';
    const step = (by, text, label) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button button--small', textContent: text, disabled: by < 0 ? width <= 1 : width >= 8 });
      button.setAttribute('aria-label', label);
      button.dataset.key = `width-${layer}-${by}`;
      button.onclick = () => change(by);
      return button;
    };
    head.append(step(-1, '−', `Remove a neuron from hidden layer ${layer + 1}`), step(1, '+', `Add a neuron to hidden layer ${layer + 1}`));
    if (layer === 0) this.#buttons = [];
    this.#buttons[layer] = Array.from({ length: width }, (_, neuron) => this.#node(layer, neuron, this.#nameOf(layer, neuron)));
    return this.#column(`Hidden layer ${layer + 1}, ${width} neurons`, head, ...this.#buttons[layer]);
  }

  #outputColumn() {
    if (this.#widths.length === 2) this.#buttons = [];
    const head = Object.assign(document.createElement('p'), { className: 'column-head', textContent: 'Output' });
    this.outputButtons = Array.from({ length: this.#widths.at(-1) }, (_, neuron) => this.#node(this.#widths.length - 2, neuron, this.#nameOf(this.#widths.length - 2, neuron)));
    for (const node of this.outputButtons) node.classList.add(this.classes ? 'node--class' : 'node--output');
    return this.#column(this.classes ? `Output, ${this.classes} classes` : 'Output', head, ...this.outputButtons);
  }

  #nameOf(layer, neuron) {
    if (layer < this.#widths.length - 2) return `Neuron ${neuron + 1} of hidden layer ${layer + 1}`;
    return this.classes ? `The output of ${this.names[neuron] ?? `class ${neuron + 1}`}` : 'The output';
  }

  #node(layer, neuron, label) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'node';
    button.dataset.key = `neuron-${layer}-${neuron}`;
    button.setAttribute('aria-label', label);
    button.append(this.#canvas());
    button.onclick = () => this.#choose(layer, neuron);
    const output = layer === this.#widths.length - 2;
    const look = on => this.onLook(on && (!output || this.classes) ? { layer, neuron, label, output } : null);
    button.onmouseenter = button.onfocus = () => look(true);
    button.onmouseleave = button.onblur = () => look(false);
    return button;
  }

  #edges() {
    this.#paths = [];
    this.svg.replaceChildren();
    const columns = [this.inputButtons, ...this.#buttons, this.outputButtons];
    for (let layer = 0; layer + 1 < columns.length; layer++) {
      this.#paths[layer] = columns[layer + 1].map((to, neuron) => columns[layer].map((from, input) => {
        const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        path.ends = [from, to];
        path.onclick = () => { this.#choose(layer, neuron); this.#fields.get(input)?.focus(); };
        this.svg.append(path);
        return path;
      }));
    }
    this.#place();
  }

  #place() {
    const box = this.root.getBoundingClientRect();
    this.svg.setAttribute('width', this.columns.offsetWidth);
    this.svg.setAttribute('height', this.columns.offsetHeight);
    for (const path of this.#paths.flat(2)) {
      const [from, to] = path.ends.map(end => end.querySelector('canvas').getBoundingClientRect());
      const x = from.right - box.left + this.root.scrollLeft, y = (from.top + from.bottom) / 2 - box.top, x2 = to.left - box.left + this.root.scrollLeft, y2 = (to.top + to.bottom) / 2 - box.top, bend = (x2 - x) / 2;
      path.setAttribute('d', `M${x} ${y}C${x + bend} ${y} ${x2 - bend} ${y2} ${x2} ${y2}`);
    }
  }

  #choose(layer, neuron) {
    this.#chosen = { layer, neuron };
    this.title.textContent = this.#nameOf(layer, neuron);
    const chosen = (this.#buttons[layer] ?? this.outputButtons)[neuron];
    for (const button of [...this.#buttons.flat(), ...this.outputButtons]) button.toggleAttribute('data-chosen', button === chosen);
    this.#fields.clear();
    this.list.replaceChildren();
    for (let from = -1; from < this.#widths[layer]; from++) {
      const name = from < 0 ? 'Bias' : layer === 0 && this.inputNames ? this.inputNames[from] : layer === 0 ? this.features.find(feature => feature.name === this.#inputs[from]).label : `Neuron ${from + 1}`;
      const label = document.createElement('label'), field = Object.assign(document.createElement('input'), { type: 'number', step: 'any', className: 'input number' });
      label.append(Object.assign(document.createElement('span'), { textContent: name }), field);
      field.onchange = () => { if (Number.isFinite(field.valueAsNumber)) this.send({ do: 'weight', layer, neuron, from, number: field.valueAsNumber }); };
      this.#fields.set(from, field);
      this.list.append(label);
    }
    this.#weights();
  }

  #weights() {
    if (!this.#frame || !this.#chosen) return;
    const { layer, neuron } = this.#chosen, width = this.#widths[layer];
    for (const [from, field] of this.#fields) {
      const value = from < 0 ? this.#frame.biases[layer]?.[neuron] : this.#frame.weights[layer]?.[neuron * width + from];
      if (value === undefined || document.activeElement === field) continue;
      field.value = value.toFixed(3);
      field.title = format(value);
    }
  }
}
