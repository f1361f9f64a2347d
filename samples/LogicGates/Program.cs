// From the artificial neuron up: what one neuron can learn, what it cannot, and what a second layer changes.
using Inkling;
using Inkling.Nn;

float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
(string Name, bool[] Labels)[] gates = [("AND", [false, false, false, true]), ("OR", [false, true, true, true]), ("XOR", [false, true, true, false])];

Console.WriteLine("One neuron with a threshold, by the perceptron rule (Rosenblatt 1958):");
foreach ((string name, bool[] labels) in gates)
{
    var neuron = new Perceptron(2);
    PerceptronFit fit = neuron.Fit(inputs, labels, mostPasses: 100);
    Console.WriteLine($"  {name,-4}{Answers(x => neuron.Fires(x.Span))}  {fit}{(fit.Converged ? $": {neuron}" : ": no line divides it")}");
}

Console.WriteLine("One smooth neuron, by gradient descent (logistic regression):");
foreach ((string name, bool[] labels) in gates)
{
    var neuron = new LogisticRegression(2);
    double loss = neuron.Fit(inputs, labels);
    Console.WriteLine($"  {name,-4}{Answers(x => neuron.Probability(x.Span))}  cross-entropy {loss:0.000}{(name == "XOR" ? " = ln 2: it knows nothing" : "")}");
}

Console.WriteLine("XOR by two layers with weights by hand:");
Console.WriteLine($"  h1 = OR  = {Perceptron.Or}\n  h2 = AND = {Perceptron.And}\n  y  = h1 and not h2 = {ThresholdNetwork.Xor.Layers[1][0]}");
Console.WriteLine($"  XOR {Answers(x => ThresholdNetwork.Xor.Fires(x.Span)[0])}");

Console.WriteLine("XOR by two layers that learn it:");
var model = new Sequential(new Linear(2, 4), new Activation<Tanh>(), new Linear(4, 1)).Build(seed: 1);
var adam = new Adam(model.Parameters) { LearningRate = 0.05f };
using var tape = new Tape();
Tensor x = tape.Input([4, 2], inputs), y = tape.Input([4, 1], [0, 1, 1, 0]);
for (int step = 1; step <= 400; step++)
{
    tape.Begin();
    Tensor logits = model.Forward(x), loss = Losses.BinaryCrossEntropyWithLogits(logits, y);
    if (step % 100 == 0) Console.WriteLine($"  XOR {string.Join("  ", logits.Sigmoid().ToArray().Select(p => $"{p:0.00}"))}  cross-entropy {loss.Item():0.000} before step {step}");
    tape.Backward(loss);
    adam.Step();
}

string Answers<T>(Func<ReadOnlyMemory<float>, T> ask)
    => string.Join("  ", Enumerable.Range(0, 4).Select(i => ask(inputs.AsMemory(2 * i, 2)) is bool fires ? (fires ? "1" : "0") : $"{ask(inputs.AsMemory(2 * i, 2)):0.00}"));
