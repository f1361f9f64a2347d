// Set-ups of the lecture for the gates, as addresses.
const xor = '1,1,-0.5,1,1,-1.5,1,-1,-0.5'; // or, and; the first and not the second: as ThresholdNetwork.Xor of the library

/** The address of a preset for the gate that is shown. */
export function preset(name, setup) {
  const gate = setup.dataset.startsWith('gate-') ? setup.dataset : 'gate-and';
  if (name === 'perceptron') return `dataset=${gate}&networkShape=&outputActivation=step&initZero=true&learningRate=1&batchSize=1&seed=${setup.seed}`;
  if (name === 'neuron') return `dataset=${gate}&networkShape=&loss=cross-entropy&learningRate=1&batchSize=4&seed=${setup.seed}`;
  return `dataset=gate-xor&networkShape=2&activation=step&outputActivation=step&learningRate=0.1&batchSize=4&weights=${xor}&seed=${setup.seed}`;
}
