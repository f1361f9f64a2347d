using System.Text.Json;

namespace Inkling.App.Studio.Playing;

/// <summary>What the page is told, beside the maps.</summary>
internal sealed record PlayingAnswer
{
    /// <summary><c>setup</c>: a run has begun, or its view has changed; <c>frame</c>: how it stands; <c>code</c>: the program; <c>own</c>: what came of a table, <c>points</c>: one; <c>pinned</c>: an address with the weights; <c>problem</c>: what was asked cannot be; the name of a tool: what it says.</summary>
    public required string Kind { get; init; }

    /// <summary>The address.</summary>
    public string? Setup { get; init; }

    /// <summary>Whether a run has begun, and not only its view changed.</summary>
    public bool Begun { get; init; }

    /// <summary>The value of each field.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>What was not understood.</summary>
    public IReadOnlyList<string>? Problems { get; init; }

    /// <summary>Points learnt from: x, y and label of each in turn.</summary>
    public float[]? Training { get; init; }

    /// <summary>Points that test.</summary>
    public float[]? Test { get; init; }

    /// <summary>Widths of the layers, inputs and output included.</summary>
    public IReadOnlyList<int>? Widths { get; init; }

    /// <summary>How many classes there are; 0 where a number is asked for. More than two have an output each.</summary>
    public int Classes { get; init; }

    /// <summary>How far the plane reaches from its middle.</summary>
    public double Reach { get; init; }

    /// <summary>Names of the inputs that are on.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>Whether it trains.</summary>
    public bool Playing { get; init; }

    /// <summary>Updates made.</summary>
    public long Step { get; init; }

    /// <summary>Passes made.</summary>
    public double Epoch { get; init; }

    /// <summary>The mean loss over the points learnt from; null when it is not a number.</summary>
    public double? TrainingLoss { get; init; }

    /// <summary>The mean loss over the points that test; null when it is not a number.</summary>
    public double? TestLoss { get; init; }

    /// <summary>The share of points learnt from whose class is right; null where a number is asked for.</summary>
    public double? TrainingAccuracy { get; init; }

    /// <summary>The share of test points whose class is right; null where a number is asked for.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>The epoch of the best weights, once training was stopped early and they were put back.</summary>
    public double? BestEpoch { get; init; }

    /// <summary>The learning rate of the next step.</summary>
    public double Rate { get; init; }

    /// <summary>Of each layer of weights, row-major by neuron.</summary>
    public float[][]? Weights { get; init; }

    /// <summary>Of each layer of weights, the bias of each neuron.</summary>
    public float[][]? Biases { get; init; }

    /// <summary>Passes a second, lately.</summary>
    public double Pace { get; init; }

    /// <summary>Something to say: that it diverged, and what to do.</summary>
    public string? Note { get; init; }

    /// <summary>Names of the classes that have names; null for the usual ones.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Names of the input columns where the network reads those of own points.</summary>
    public IReadOnlyList<string>? InputColumns { get; init; }

    /// <summary>How many own points there are; null where others are used.</summary>
    public int? OwnCount { get; init; }

    /// <summary>Whether the address does not hold the own points.</summary>
    public bool Kept { get; init; }

    /// <summary>What was done with a table.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Columns of a table, to choose the target from.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The target of a table.</summary>
    public string? Target { get; init; }

    /// <summary>What a tool says.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>A program, or a table.</summary>
    public string? Code { get; init; }
}
