namespace Inkling.Playground;

/// <summary>
/// The ten lessons, in the order in which a lecture on neural networks comes to them. What their sentences say is true of their set-ups: a test trains each of
/// them. To add one, add it to the list.
/// </summary>
public static class LessonCatalogue
{
    private const string Spiral = "dataset=spiral&sinX=true&sinY=true&networkShape=8,8";

    /// <summary>All lessons.</summary>
    public static IReadOnlyList<Lesson> All { get; } =
    [
        new("neuron", "A neuron", "dataset=gauss&networkShape=",
            [
                "A neuron multiplies each input with a weight, adds them up with a bias, and squashes the sum.",
                "Where the sum is 0, its answer changes sides: a straight line, turned by the weights and moved by the bias.",
                "These two clouds lie on two sides of a line, so one neuron learns them within five epochs.",
            ],
            [new("Two clouds", ""), new("More noise: no line is right for all", "noise=40"), new("A circle: no line will do", "dataset=circle")]),
        new("gates", "OR and AND", "dataset=gate-or&networkShape=&learningRate=0.3",
            [
                "OR is true when one of two inputs is true, AND only when both are; in either case one line parts the true corners of the square from the false ones.",
                "So one neuron can be a gate: it learns either within a hundred epochs.",
                "Compare what it has learnt: both weights are above 0 in both gates, and the bias makes the difference, nearer to 0 for OR and far below it for AND.",
            ],
            [new("OR", ""), new("AND", "dataset=gate-and"), new("XOR: no line will do", "dataset=gate-xor")]),
        new("xor", "Why XOR needs a layer", "dataset=xor&networkShape=&learningRate=0.1",
            [
                "Exclusive or is true when the inputs differ: the true corners lie across from each other, and no line parts them from the false ones.",
                "One neuron therefore stays near chance however long it learns.",
                "A hidden layer draws several lines, and the output puts them together.",
            ],
            [new("One neuron", ""), new("A hidden layer of four", "networkShape=4"), new("One neuron, with the product of the inputs", "xTimesY=true")]),
        new("activations", "Activations and saturation", "dataset=circle&networkShape=4,4,4,4&activation=sigmoid",
            [
                "Without a curved activation all layers together would still be one line; the activation decides how much of an error flows back through a neuron.",
                "The slope of the sigmoid is a quarter at most, so through four layers next to nothing of the gradient arrives, and after fifty epochs the network is still at chance.",
                "A neuron whose sum is far from 0 is saturated: its curve is flat there, its map has two colours only, and it no longer learns.",
            ],
            [new("Sigmoid, four layers", ""), new("tanh", "activation=tanh"), new("ReLU", "activation=relu"), new("tanh with a rate of 10: saturated at once", "activation=tanh&networkShape=4,2&learningRate=10")]),
        new("rate", "Learning rate", "problem=regression&activation=linear&networkShape=4&learningRate=0.0001",
            [
                "The learning rate is how far a step goes against the gradient.",
                "Too small, and it crawls: with 0.0001 the loss is still high after five epochs, where 0.03 has long arrived.",
                "Too large, and each step overshoots further than the one before, until the numbers grow without bound: at 10 that takes a few steps.",
            ],
            [new("0.0001 crawls", ""), new("0.03 arrives", "learningRate=0.03"), new("10 diverges", "learningRate=10")]),
        new("batches", "Mini-batches", "dataset=circle&networkShape=4&batchSize=30",
            [
                "A step follows the gradient of a few points, a mini-batch, instead of all of them.",
                "Small batches make more steps of each epoch, so with the same rate ten epochs of batches of 1 do more than fifty of batches of 30.",
                "Their steps are noisier, too: the loss goes up almost as often as down, and the curve trembles.",
            ],
            [new("Batches of 30", ""), new("Batches of 10", "batchSize=10"), new("Batches of 1", "batchSize=1")]),
        new("optimizers", "Adagrad and Adam", Spiral + "&learningRate=0.01",
            [
                "Plain gradient descent goes equally far along every weight; Adagrad divides each weight's step by what its gradients have added up to, so that rare ones go further.",
                "Adam does so with averages that forget, of the gradient and of its square.",
                "On the spiral Adam is done after fifty epochs, Adagrad nearly so, and plain descent has hardly begun.",
            ],
            [new("Plain descent, 0.01", ""), new("Adagrad, 0.1", "optimizer=adagrad&learningRate=0.1"), new("Adam, 0.01", "optimizer=adam")]),
        new("overfitting", "Overfitting and regularisation", "dataset=gauss&noise=50&percTrainData=10&networkShape=8,8&sinX=true&sinY=true&optimizer=adam&learningRate=0.01&showTestData=true&seed=2",
            [
                "Two clouds overlap, and the network learns from 50 points only: it has weights enough to remember every one of them.",
                "After two hundred epochs its training loss is 0 and its test loss far above: it has learnt the noise.",
                "A penalty on the weights, L2 on their squares or L1 on their sizes, keeps the map smooth and closes the gap.",
            ],
            [new("No penalty", ""), new("L2 of 0.03", "regularization=L2&regularizationRate=0.03"), new("L1 of 0.01", "regularization=L1&regularizationRate=0.01"), new("More points instead", "percTrainData=90")]),
        new("dropout", "Dropout and early stopping", "dataset=circle&noise=30&percTrainData=10&networkShape=8,8&sinX=true&sinY=true&optimizer=adam&learningRate=0.01&showTestData=true",
            [
                "Dropout switches neurons off at random while learning, so that none can rely on a single other one.",
                "After three hundred epochs the network with dropout fits its few points less well and the test points better.",
                "Early stopping does it without: the test loss is lowest long before the end, and after thirty epochs without a better one the best weights are put back.",
            ],
            [new("No dropout", ""), new("Dropout of 30 %", "dropout=30"), new("Early stopping", "patience=30")]),
        new("search", "Hyper-parameter search", Spiral + "&optimizer=adam&learningRate=0.0001",
            [
                "Learning rate, layers, batch size and the like are not learnt: they are chosen, and nobody can compute them beforehand.",
                "So one tries: a grid takes every combination, random search draws them, and Bayesian search lets earlier trials say where to look next.",
                "Here the same spiral after fifty epochs: of four trials one has solved it, and the loss on points that were not learnt from says which.",
            ],
            [new("0.0001, two layers of eight", ""), new("0.01, two layers of eight", "learningRate=0.01"), new("1, two layers of eight", "learningRate=1"), new("0.01, one layer of two", "learningRate=0.01&networkShape=2")]),
    ];

    /// <summary>The lesson of a name, or null.</summary>
    public static Lesson? Find(string? name) => All.FirstOrDefault(lesson => lesson.Name == name);

    /// <summary>The lesson before a lesson, or null before the first.</summary>
    public static Lesson? Before(Lesson lesson) => At(lesson, -1);

    /// <summary>The lesson after a lesson, or null after the last.</summary>
    public static Lesson? After(Lesson lesson) => At(lesson, 1);

    /// <summary>The place of a lesson, from 1.</summary>
    public static int NumberOf(Lesson lesson) => All.TakeWhile(one => one.Name != lesson?.Name).Count() + 1;

    private static Lesson? At(Lesson lesson, int offset) => All.ElementAtOrDefault(NumberOf(lesson) - 1 + offset);
}
