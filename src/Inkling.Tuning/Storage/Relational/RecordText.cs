using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Inkling.Tuning;

/// <summary>The parts of records that are texts in a data base: JSON for what has names, numbers with spaces between them for lists.</summary>
internal static class RecordText
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A study has a handful of distributions and ten thousand trials.
    private static readonly ConcurrentDictionary<string, Distribution> Known = new(StringComparer.Ordinal);
    private const int KnownLimit = 10_000;

    /// <summary>Data bases know no zero character in a text.</summary>
    public static string Clean(string text) => text.Replace('\0', '\uFFFD');

    public static string Parameters(IEnumerable<KeyValuePair<string, ParameterValue>> parameters) => Write(writer =>
    {
        foreach ((string name, ParameterValue value) in parameters)
        {
            writer.WriteStartArray(Clean(name));
            writer.WriteRawValue(Clean(value.Distribution.ToJson()));
            writer.WriteNumberValue(value.Value);
            writer.WriteEndArray();
        }
    });

    public static string Texts(IEnumerable<KeyValuePair<string, string>> texts) => Write(writer =>
    {
        foreach ((string name, string text) in texts)
            writer.WriteString(Clean(name), Clean(text));
    });

    public static string Numbers(ImmutableArray<double> numbers) => string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    public static ImmutableSortedDictionary<string, string> ReadTexts(string text)
    {
        if (text.Length <= 2) return TrialRecord.NoTexts;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        ImmutableSortedDictionary<string, string>.Builder texts = TrialRecord.NoTexts.ToBuilder();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            texts[name] = reader.GetString()!;
        }

        return texts.ToImmutable();
    }

    public static ImmutableArray<double> ReadNumbers(string text)
    {
        ReadOnlySpan<char> left = text;
        if (left.IsEmpty) return [];
        var numbers = new double[left.Count(' ') + 1];
        for (int i = 0; i < numbers.Length; i++)
        {
            int end = left.IndexOf(' ');
            numbers[i] = double.Parse(end < 0 ? left : left[..end], CultureInfo.InvariantCulture);
            left = left[(end + 1)..];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(numbers);
    }

    public static string Directions(ImmutableArray<Direction> directions) => string.Join(' ', directions.Select(direction => direction == Direction.Minimize ? "min" : "max"));

    public static ImmutableArray<Direction> ReadDirections(string text) => [.. text.Split(' ').Select(word => word == "min" ? Direction.Minimize : Direction.Maximize)];

    public static Distribution ReadDistribution(ReadOnlySpan<char> json)
    {
        if (Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(json, out Distribution? known)) return known;
        if (Known.Count >= KnownLimit) Known.Clear();
        string kept = json.ToString();
        return Known[kept] = Distribution.FromJson(kept);
    }

    private static string Write(Action<Utf8JsonWriter> content)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(bytes, Readable);
        writer.WriteStartObject();
        content(writer);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
