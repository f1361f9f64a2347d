using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Inkling.Tuning;

/// <summary>
/// Reads the parameters of one trial after the other. Those of a study differ in the numbers only, as a rule: what stands between them is compared with the trial
/// before and need not be taken apart again. Not safe to use from several threads.
/// </summary>
internal sealed class ParameterReader
{
    private readonly record struct Part(string Before, string Name, Distribution Distribution);

    private Part[] _parts = [];
    private double[] _numbers = [];
    private string _after = "";

    /// <summary>The parameters that a text tells of.</summary>
    /// <param name="text">A JSON object of pairs of a distribution and a number, by name.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    /// <exception cref="FormatException">A number is none of the choices.</exception>
    public ImmutableSortedDictionary<string, ParameterValue> Read(string text)
    {
        if (text.Length <= 2) return TrialRecord.NoParameters;
        ImmutableSortedDictionary<string, ParameterValue>.Builder values = TrialRecord.NoParameters.ToBuilder();
        if (IsLikeBefore(text))
        {
            for (int i = 0; i < _parts.Length; i++)
                values.Add(_parts[i].Name, Checked(_parts[i].Name, _parts[i].Distribution, _numbers[i]));
        }
        else
        {
            Parse(text, values);
        }

        return values.ToImmutable();
    }

    private bool IsLikeBefore(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < _parts.Length; i++)
        {
            string before = _parts[i].Before;
            if (!text.StartsWith(before, StringComparison.Ordinal)) return false;
            text = text[before.Length..];
            int length = text.IndexOf(']');
            // Words for infinity and NaN are for the parser to refuse.
            if (length <= 0 || !double.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out _numbers[i]) || !double.IsFinite(_numbers[i])) return false;
            text = text[length..];
        }

        return _parts.Length > 0 && text.SequenceEqual(_after);
    }

    private void Parse(string text, ImmutableSortedDictionary<string, ParameterValue>.Builder values)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bool alike = bytes.Length == text.Length;   // then places in one are places in the other
        var reader = new Utf8JsonReader(bytes);
        var parts = new List<Part>();
        int done = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            reader.Read();
            int from = (int)reader.TokenStartIndex;
            reader.Skip();
            int length = (int)reader.BytesConsumed - from;
            Distribution distribution = RecordText.ReadDistribution(alike ? text.AsSpan(from, length) : Encoding.UTF8.GetString(bytes, from, length));
            reader.Read();
            values[name] = Checked(name, distribution, reader.GetDouble());
            if (alike) parts.Add(new Part(text[done..(int)reader.TokenStartIndex], name, distribution));
            done = (int)reader.BytesConsumed;
            reader.Read();
        }

        // A name that is there twice counts once: such a text is always taken apart.
        _parts = parts.Count == values.Count ? [.. parts] : [];
        _numbers = new double[_parts.Length];
        _after = alike ? text[done..] : "";
    }

    private static ParameterValue Checked(string name, Distribution distribution, double value)
        => distribution is not CategoricalDistribution choices || choices.Contains(value) ? new ParameterValue(distribution, value)
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" has {choices.Choices.Length} choices and the value {value}"));
}
