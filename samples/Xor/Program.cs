// The smallest network that learns something a straight line cannot: exclusive or.
using Inkling;
using Inkling.Nn;

var model = new Sequential(new Linear(2, 8), new Activation<Tanh>(), new Linear(8, 1)).Build(seed: 1);
var adam = new AdamW(model.Parameters) { LearningRate = 0.05f };

using var tape = new Tape();
Tensor x = tape.Input([4, 2], [0, 0, 0, 1, 1, 0, 1, 1]);
Tensor y = tape.Input([4, 1], [0, 1, 1, 0]);
for (int step = 0; step < 500; step++)
{
    tape.Begin();
    Tensor loss = Losses.BinaryCrossEntropyWithLogits(model.Forward(x), y);
    tape.Backward(loss);
    adam.Step();
    if (step % 100 == 99)
    {
        Console.WriteLine($"step {step + 1}: loss {loss.Item():0.0000}");
    }
}

tape.Begin();
float[] answers = model.Forward(x).Sigmoid().ToArray();   // [4, 1]
for (int i = 0; i < 4; i++)
{
    Console.WriteLine($"{i >> 1} xor {i & 1} = {answers[i]:0.00}");
}
