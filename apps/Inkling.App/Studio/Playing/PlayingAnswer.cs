using System.Text.Json;

namespace Inkling.App.Studio.Playing;

/// <summary>What the page is told, beside the maps.</summary>
internal sealed record PlayingAnswer
{
    /// <summary><c>setup</c>: a run has begun, or its view has changed; <c>frame</c>: how it stands; <c>code</c>: the program; <c>problem</c>: what was asked cannot be; the name of a tool: what it says.</summary>
    public required string Kind { get; init; }

    /// <summary>The address.</summary>
    public string? Setup { get; init; }

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

    /// <summary>Of each layer of weights, row-major by neuron.</summary>
    public float[][]? Weights { get; init; }

    /// <summary>Of each layer of weights, the bias of each neuron.</summary>
    public float[][]? Biases { get; init; }

    /// <summary>Passes a second, lately.</summary>
    public double Pace { get; init; }

    /// <summary>Something to say: that it diverged, and what to do.</summary>
    public string? Note { get; init; }

    /// <summary>What a tool says.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>A program.</summary>
    public string? Code { get; init; }
}
