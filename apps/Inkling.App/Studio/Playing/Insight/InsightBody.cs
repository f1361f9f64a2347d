using System.Text.Json;

namespace Inkling.App.Studio.Playing;

/// <summary>Reads what a panel sends along. Whatever is not there, or is of another kind, is null or empty: nothing throws.</summary>
internal static class InsightBody
{
    private const int LongestText = 200;
    private const int MostTexts = 64;

    /// <summary>A text.</summary>
    public static string? Text(this JsonElement? body, string name) => Find(body, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && text.Length <= LongestText ? text : null;

    /// <summary>A whole number.</summary>
    public static int? Whole(this JsonElement? body, string name) => Find(body, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : null;

    /// <summary>A finite number.</summary>
    public static double? Number(this JsonElement? body, string name) => Find(body, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;

    /// <summary>Texts, at most so many as a panel ever sends.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement? body, string name)
    {
        if (Find(body, name) is not { ValueKind: JsonValueKind.Array } array) return [];
        List<string> texts = [];
        foreach (JsonElement value in array.EnumerateArray())
        {
            if (texts.Count < MostTexts && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestText } text) texts.Add(text);
        }

        return texts;
    }

    /// <summary>A number that JSON can hold: null when it is not finite, else with as many digits as are drawn.</summary>
    public static double? Drawn(float value) => float.IsFinite(value) ? double.Parse(value.ToString("G5", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : null;

    private static JsonElement? Find(JsonElement? body, string name) => body is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out JsonElement value) ? value : null;
}
