using System.Text.Json;

namespace Inkling.App.Studio.Playing;

/// <summary>What the page asks for.</summary>
internal sealed record PlayingCommand
{
    /// <summary>
    /// <c>open</c>, <c>set</c>, <c>play</c>, <c>pause</c>, <c>step</c>, <c>reset</c>, <c>speed</c>, <c>weight</c>, <c>drawn</c>, <c>pin</c> or <c>code</c>; <c>own/verb</c> for own points, <c>NAME/verb</c> for a tool; on
    /// the page of letters also <c>text</c> and <c>at</c>.
    /// </summary>
    public string Do { get; init; } = "";

    /// <summary>The address with <c>open</c>; the field with <c>set</c>; the target with <c>own/read</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The value with <c>set</c>; epochs a second with <c>speed</c>, 0 for as many as there is time for; the text with <c>text</c>; the place with <c>at</c>; a part of a table with <c>own/part</c>.</summary>
    public string? Value { get; init; }

    /// <summary>With <c>weight</c>: the layer of weights.</summary>
    public int Layer { get; init; }

    /// <summary>With <c>weight</c>: the neuron it leads to.</summary>
    public int Neuron { get; init; }

    /// <summary>With <c>weight</c>: the neuron it comes from; −1 for the bias.</summary>
    public int From { get; init; }

    /// <summary>With <c>weight</c>: its new value.</summary>
    public float Number { get; init; }

    /// <summary>What a tool is asked with.</summary>
    public JsonElement? Body { get; init; }
}
