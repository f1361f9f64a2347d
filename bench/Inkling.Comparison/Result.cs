using System.Text.Json.Nodes;

namespace Inkling.Comparison;

/// <summary>What came out.</summary>
/// <param name="Unit">Unit of the two figures; more is better.</param>
/// <param name="Ours">Median figure of ours.</param>
/// <param name="Peer">Median figure of the peer.</param>
/// <param name="Ratio">Median of the ratios of neighbouring runs, ours / peer.</param>
/// <param name="Bar">What the ratio must reach.</param>
internal sealed record Result(string Unit, double Ours, double Peer, double Ratio, double Bar)
{
    /// <summary>What the peer is: version, library, threads.</summary>
    public string Against { get; init; } = "";

    /// <summary>A second condition, such as that of the worst case of a sweep.</summary>
    public bool AlsoHolds { get; init; } = true;

    /// <summary>Whether the ratio reaches the bar and the second condition holds.</summary>
    public bool Holds => Ratio >= Bar && AlsoHolds;

    /// <summary>More about the result: further keys of the JSON object.</summary>
    public JsonObject Details { get; init; } = [];

    /// <summary>A remark on the result for the terminal and the report.</summary>
    public string Remark { get; init; } = "";

    /// <summary>As in the output of bench/compare.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ours"] = Figure(Ours),
            ["peer"] = Figure(Peer),
            ["ratio"] = Math.Round(Ratio, 3),
            ["bar"] = Bar,
            ["holds"] = Holds,
            ["unit"] = Unit,
            ["against"] = Against,
        };
        if (Remark.Length > 0)
            json["remark"] = Remark;
        foreach ((string key, JsonNode? value) in Details)
            json[key] = value?.DeepClone();
        return json;
    }

    /// <summary>Four significant digits are more than the measurement has.</summary>
    public static double Figure(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6));
}
