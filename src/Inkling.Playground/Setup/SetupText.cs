using System.Text;

namespace Inkling.Playground;

/// <summary>
/// The setup as text, <c>activation=tanh&amp;batchSize=10&amp;…</c>: what stands in the address of the page, after <c>#</c> or <c>?</c>. The links of the
/// TensorFlow Playground are read as well.
/// </summary>
public static class SetupText
{
    /// <summary>The longest address that is read; what comes after is left out.</summary>
    public const int Longest = 14_000;

    /// <summary>The text of a setup, all fields in a fixed order.</summary>
    public static string Format(PlaygroundSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return string.Join('&', SetupFields.All.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Get(setup)).Replace("%2C", ",", StringComparison.Ordinal)}"));
    }

    /// <summary>Reads a text. Any text gives a setup that works: names that are not known are passed over, values that are not allowed are left at their defaults and told.</summary>
    /// <param name="text">With or without its <c>#</c> or <c>?</c>.</param>
    /// <param name="kept">Own points that are at hand though the address is too short for them.</param>
    public static SetupReading Parse(string? text, PointTable? kept = null)
    {
        PlaygroundSetup setup = new();
        List<string> problems = [];
        text ??= "";
        if (text.Length > Longest)
        {
            problems.Add($"The address is {text.Length:N0} characters long; what comes after {Longest:N0} was left out.");
            text = text[..Longest];
        }

        foreach (string part in text.TrimStart('#', '?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || SetupFields.Find(part[..equals]) is not { } field) continue;
            string value = Unescape(part[(equals + 1)..]);
            if (field.Set(setup, value) is { } changed) setup = changed;
            else problems.Add($"{field.Name} cannot be '{Shown(value)}'; allowed: {field.Allowed}.");
        }

        if (setup.Own is { IsMissing: true } mark)
        {
            if (kept is { IsMissing: false } && kept.Code == mark.Code) setup = setup with { Own = kept };
            else problems.Add("The link does not hold its points: they are too many for an address, and the page that read them is closed. Read the file again.");
        }

        if (setup.Inputs.Count == 0)
        {
            problems.Add("No input was on; x and y are.");
            setup = setup with { Inputs = ["x", "y"] };
        }

        if (setup.StartingWeights.Count > 0 && setup.StartingWeights.Count != setup.WeightCount)
        {
            problems.Add($"There are {setup.StartingWeights.Count} weights to begin with, and this network has {setup.WeightCount}; they were left out.");
            setup = setup.Fitted();
        }

        return new SetupReading(setup, problems);
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Shown(string value)
    {
        StringBuilder shown = new();
        foreach (char c in value.Length > 40 ? value[..40] + "…" : value) shown.Append(char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c);
        return shown.ToString();
    }
}
