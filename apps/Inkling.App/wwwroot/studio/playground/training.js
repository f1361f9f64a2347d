// What the panel of training adds to its controls: a row for each hidden layer, and in words what is not as usual.
import { desk } from './desk.js';

const byId = id => document.getElementById(id);
const rows = byId('layer-rows'), says = byId('more-says');
const usual = { schedule: 'constant', clip: 'none', initializer: 'glorot', patience: '0', batchNorm: 'false', outputActivation: 'auto', layerActivations: '', layerDropout: '', momentum: '0.9', weightDecay: '0.01', warmup: '0' };
const words = {
  schedule: value => `${value.replace('-', ' ')} schedule`, clip: value => `gradients cut by ${value}`, initializer: value => `first weights ${value.replace('-', ' ')}`, patience: value => `early stopping after ${value} epochs`,
  batchNorm: () => 'batch normalisation', outputActivation: value => `${value} output`, layerActivations: () => 'activations by layer', layerDropout: () => 'dropout by layer', momentum: value => `momentum ${value}`,
  weightDecay: value => `weight decay ${value}`, warmup: value => `warm-up of ${value} epochs`,
};

desk.on('setup', () => {
  const setup = desk.setup, set = Object.keys(usual).filter(name => setup[name] !== usual[name]).map(name => words[name](setup[name]));
  if (setup.weights) set.push('weights to begin with');
  const text = set.length ? set.join(', ') : 'as usual';
  says.textContent = text[0].toUpperCase() + text.slice(1) + '.';
  for (const [id, off] of [['scheduleEpochs', setup.schedule === 'constant'], ['scheduleFactor', ['constant', 'noam', 'polynomial'].includes(setup.schedule)], ['clipAt', setup.clip === 'none'], ['weightDecay', !['adamw', 'lion'].includes(setup.optimizer)],
    ['momentum', !['momentum', 'nesterov', 'adam', 'adamw', 'adamax', 'nadam', 'radam', 'lion'].includes(setup.optimizer)], ['outputActivation', desk.shape.classes !== 2 || setup.loss !== 'squared']]) byId(id).disabled = off;
  layers(setup);
});
desk.on('frame', frame => { byId('rate').textContent = frame.rate == null ? '–' : String(Number(frame.rate.toPrecision(4))); });

function layers(setup) {
  const count = desk.shape.widths.length - 2, activations = setup.layerActivations.split(','), dropouts = setup.layerDropout.split(',');
  if (count === 0) { rows.replaceChildren(Object.assign(document.createElement('p'), { className: 'quiet', textContent: 'There is none.' })); return; }
  rows.querySelector('p')?.remove();
  while (rows.children.length > count) rows.lastElementChild.remove();
  while (rows.children.length < count) rows.append(row(rows.children.length));
  [...rows.children].forEach((entry, layer) => {
    entry.querySelector('select').value = activations[layer] ?? '';
    const field = entry.querySelector('input');
    if (document.activeElement !== field) field.value = dropouts[layer] ?? '';
    field.placeholder = setup.dropout;
  });
}

function row(layer) {
  const entry = document.createElement('div'), select = document.createElement('select'), field = Object.assign(document.createElement('input'), { type: 'number', min: 0, max: 90, step: 1, className: 'input number' });
  entry.className = 'layer-row';
  select.append(new Option('as above', ''), ...[...byId('activations').options].map(option => new Option(option.text, option.value)));
  select.setAttribute('aria-label', `Activation of hidden layer ${layer + 1}`);
  field.setAttribute('aria-label', `Dropout of hidden layer ${layer + 1}, percent`);
  const all = what => [...rows.children].map(one => one.querySelector(what).value).join(',');
  select.onchange = () => desk.send({ do: 'set', name: 'layerActivations', value: all('select') });
  field.onchange = () => desk.send({ do: 'set', name: 'layerDropout', value: all('input') });
  entry.append(Object.assign(document.createElement('span'), { textContent: `Layer ${layer + 1}` }), select, field, Object.assign(document.createElement('span'), { textContent: '%' }));
  return entry;
}
