using System.Globalization;
using System.Text;
using Inkling.Language;

namespace Inkling.Playground;

/// <summary>
/// The setup of letters as text, <c>cell=lstm&amp;units=64&amp;…</c>: what stands in the address of the page. Any text gives a setup that works. To add a field, add a line.
/// </summary>
public static class LettersAddress
{
    /// <summary>The longest address that is read; what comes after is left out.</summary>
    public const int Longest = 16_000;

    private static readonly LettersField[] s_fields =
    [
        new("model", "a model's name, up to 60 characters", s => s.Model, (s, v) => v.Length <= 60 && !v.Any(char.IsControl) ? s with { Model = v } : null),
        Choice("text", [.. LettersTexts.Names, LettersTexts.Own], s => s.Text, (s, v) => s with { Text = v }),
        Short("own", s => s.Own, (s, v) => s with { Own = v }),
        Choice("cell", ["lstm", "gru", "rnn"], s => s.Cell.ToString().ToLowerInvariant(), (s, v) => s with { Cell = Enum.Parse<RecurrentCellKind>(v, ignoreCase: true) }),
        Whole("units", 4, LettersSetup.MostUnits, s => s.Units, (s, v) => s with { Units = v }),
        Whole("layers", 1, 2, s => s.Layers, (s, v) => s with { Layers = v }),
        Number("rate", 0.00001, 1, s => s.LearningRate, (s, v) => s with { LearningRate = v }),
        Whole("length", 4, 128, s => s.SequenceLength, (s, v) => s with { SequenceLength = v }),
        Whole("seed", 0, 999_999_999, s => s.Seed, (s, v) => s with { Seed = v }),
        Short("read", s => s.Reading, (s, v) => s with { Reading = v }),
        Whole("layer", 1, 16, s => s.Layer, (s, v) => s with { Layer = v }),
        Whole("unit", 1, 8192, s => s.Unit, (s, v) => s with { Unit = v }),
        Number("temperature", 0, 2, s => s.Temperature, (s, v) => s with { Temperature = v }),
    ];

    /// <summary>The names of the fields, in the order of the address.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_fields.Select(field => field.Name)];

    /// <summary>The text of a setup: what differs from the default, in a fixed order. Texts that are too long for an address are left out.</summary>
    public static string Format(LettersSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        LettersSetup plain = new();
        return string.Join('&', s_fields.Where(field => field.Get(setup) != field.Get(plain) && field.Get(setup).Length <= LettersSetup.LongestInAddress)
            .Select(field => $"{field.Name}={Uri.EscapeDataString(field.Get(setup))}"));
    }

    /// <summary>The value of each field.</summary>
    public static IReadOnlyDictionary<string, string> Values(LettersSetup setup) => s_fields.ToDictionary(field => field.Name, field => field.Get(setup));

    /// <summary>The setup with another value of a field, as it stands in an address.</summary>
    /// <param name="setup">The setup.</param>
    /// <param name="name">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="problem">Why it cannot be; null when it can.</param>
    public static LettersSetup With(LettersSetup setup, string name, string value, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(value);
        LettersField? field = s_fields.FirstOrDefault(field => field.Name == name);
        LettersSetup? changed = field?.Set(setup, value);
        problem = changed is not null ? null : field is null ? "There is no such setting." : $"{name} cannot be '{Shown(value)}'; allowed: {field.Allowed}.";
        return changed ?? setup;
    }

    /// <summary>Reads an address: names that are not known are passed over, values that are not allowed are left at their defaults and told.</summary>
    /// <param name="text">With or without its <c>#</c> or <c>?</c>.</param>
    /// <param name="problems">What was not understood, a sentence each.</param>
    public static LettersSetup Parse(string? text, out IReadOnlyList<string> problems)
    {
        LettersSetup setup = new();
        List<string> told = [];
        text ??= "";
        if (text.Length > Longest)
        {
            told.Add(string.Create(CultureInfo.InvariantCulture, $"The address is {text.Length:N0} characters long; what comes after {Longest:N0} was left out."));
            text = text[..Longest];
        }

        foreach (string part in text.TrimStart('#', '?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !Names.Contains(part[..equals])) continue;
            setup = With(setup, part[..equals], Uri.UnescapeDataString(part[(equals + 1)..].Replace('+', ' ')), out string? problem);
            if (problem is not null) told.Add(problem);
        }

        problems = told;
        return setup;
    }

    private static LettersField Choice(string name, IReadOnlyList<string> values, Func<LettersSetup, string> get, Func<LettersSetup, string, LettersSetup> set) =>
        new(name, string.Join(", ", values), get, (setup, text) => values.Contains(text) ? set(setup, text) : null);

    private static LettersField Short(string name, Func<LettersSetup, string> get, Func<LettersSetup, string, LettersSetup> set) =>
        new(name, $"up to {LettersSetup.LongestReading} characters", get, (setup, text) => text.Length <= LettersSetup.LongestReading ? set(setup, text) : null);

    private static LettersField Whole(string name, int least, int most, Func<LettersSetup, int> get, Func<LettersSetup, int, LettersSetup> set) =>
        new(name, $"{least} to {most}", setup => get(setup).ToString(CultureInfo.InvariantCulture),
            (setup, text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? set(setup, value) : null);

    private static LettersField Number(string name, double least, double most, Func<LettersSetup, double> get, Func<LettersSetup, double, LettersSetup> set) =>
        new(name, string.Create(CultureInfo.InvariantCulture, $"{least:0.#####} to {most}"), setup => get(setup).ToString("R", CultureInfo.InvariantCulture),
            (setup, text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most ? set(setup, value) : null);

    private static string Shown(string value)
    {
        StringBuilder shown = new();
        foreach (char c in value.Length > 40 ? value[..40] + "…" : value) shown.Append(char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c);
        return shown.ToString();
    }

    private sealed record LettersField(string Name, string Allowed, Func<LettersSetup, string> Get, Func<LettersSetup, string, LettersSetup?> Set);
}
