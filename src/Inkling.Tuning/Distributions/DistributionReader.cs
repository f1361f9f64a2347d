using System.Collections.Immutable;
using System.Text.Json;

namespace Inkling.Tuning;

/// <summary>Reads distributions from JSON. Unknown keys are errors: a misspelt "log" must not go unnoticed.</summary>
internal static class DistributionReader
{
    private const string Form = """give {"type": "float" or "int", "low": .., "high": .., "log": .., "step": ..} or {"type": "categorical", "choices": [..]}""";

    public static Distribution Read(JsonElement json)
    {
        try
        {
            return ReadKind(json);
        }
        catch (InvalidOperationException wrong)
        {
            // JSON allows half of a surrogate pair in a text; .NET has no text for it.
            throw new SearchSpaceException($"Distribution: a text is half of a surrogate pair (\\ud800 to \\udfff), which is no character; {Form}.", wrong);
        }
    }

    private static Distribution ReadKind(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Wrong($"{json.ValueKind} is not an object");
        string type = json.TryGetProperty("type", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : throw Wrong("\"type\" is missing");
        string[] known = type == "categorical" ? ["type", "choices"] : ["type", "low", "high", "log", "step"];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!known.Contains(property.Name)) throw Wrong($"\"{property.Name}\" means nothing for type \"{type}\"");
        }

        return type switch
        {
            "float" => new FloatDistribution(Number(json, "low"), Number(json, "high"), ReadScale(json), json.TryGetProperty("step", out _) ? Number(json, "step") : null),
            "int" => new IntegerDistribution(Integer(json, "low"), Integer(json, "high"), ReadScale(json), json.TryGetProperty("step", out _) ? Integer(json, "step") : 1),
            "categorical" => new CategoricalDistribution(Choices(json)),
            _ => throw Wrong($"unknown type \"{type}\""),
        };
    }

    private static ImmutableArray<string> Choices(JsonElement json)
    {
        if (!json.TryGetProperty("choices", out JsonElement choices) || choices.ValueKind != JsonValueKind.Array) throw Wrong("\"choices\" is not a list");
        return [.. choices.EnumerateArray().Select(choice => choice.ValueKind switch
        {
            JsonValueKind.String => choice.GetString()!,
            JsonValueKind.Number => choice.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw Wrong($"a choice is a text, a number, true or false, not {choice.GetRawText()}"),
        })];
    }

    private static Scale ReadScale(JsonElement json) => !json.TryGetProperty("log", out JsonElement log) ? Scale.Linear : log.ValueKind switch
    {
        JsonValueKind.True => Scale.Log,
        JsonValueKind.False => Scale.Linear,
        _ => throw Wrong($"\"log\" is true or false, not {log.GetRawText()}"),
    };

    private static double Number(JsonElement json, string name)
        => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong($"\"{name}\" is not a number");

    private static long Integer(JsonElement json, string name)
        => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole)
            ? whole : throw Wrong($"\"{name}\" is not a whole number");

    private static SearchSpaceException Wrong(string what) => new($"Distribution: {what}; {Form}.");
}
