using System.Text;
using System.Text.Json;

namespace Inkling.Nn.Checkpoints;

/// <summary>
/// The JSON header of a safetensors file, read and written. Source: the format's specification
/// (https://huggingface.co/docs/safetensors): 8 bytes little-endian header length, the JSON header, then the tensors' bytes without
/// holes; a tensor is <c>"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}</c>, and <c>__metadata__</c> maps
/// strings to strings.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The format's own limit, in bytes.</summary>
    public const long MaximumLength = 100_000_000;

    private const string MetadataKey = "__metadata__";

    /// <summary>Renders the header, padded with spaces so that the tensors start at a multiple of 8 bytes.</summary>
    public static byte[] Write(IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach ((string key, string value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }

            foreach (SafetensorsEntry entry in entries) Write(json, entry);
            json.WriteEndObject();
        }

        while (stream.Length % 8 != 0) stream.WriteByte((byte)' ');
        return stream.ToArray();
    }

    /// <summary>Parses and checks the header of a file whose tensors take <paramref name="dataLength"/> bytes.</summary>
    /// <exception cref="FormatException">The header breaks a rule of the format; the message says which.</exception>
    public static List<SafetensorsEntry> Read(ReadOnlySpan<byte> header, long dataLength, Dictionary<string, string> metadata)
    {
        if (header.IsEmpty || header[0] != '{') throw new FormatException("its header does not begin with {");
        List<SafetensorsEntry> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        try
        {
            Utf8JsonReader json = new(header);
            Expect(ref json, JsonTokenType.StartObject);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string name = json.GetString()!;
                if (!names.Add(name)) throw new FormatException($"the name '{name}' appears twice");
                if (name == MetadataKey) ReadMetadata(ref json, metadata);
                else entries.Add(ReadEntry(ref json, name));
            }

            while (json.Read())
            {
                // Reading to the end makes the reader report anything that follows the object.
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or OverflowException or DecoderFallbackException)
        {
            throw new FormatException($"its header is not the JSON of the format ({error.Message.TrimEnd('.')})", error);
        }

        CheckPlaces(entries, dataLength);
        return entries;
    }

    private static void Write(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", SafetensorsTypes.Spell(entry.Type));
        json.WriteStartArray("shape");
        foreach (int size in entry.Shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Start);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void ReadMetadata(ref Utf8JsonReader json, Dictionary<string, string> metadata)
    {
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string key = json.GetString()!;
            Expect(ref json, JsonTokenType.String);
            metadata[key] = json.GetString()!;
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader json, string name)
    {
        SafetensorsType? type = null;
        List<int>? shape = null;
        List<long>? offsets = null;
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            switch (json.GetString())
            {
                case "dtype":
                    Expect(ref json, JsonTokenType.String);
                    type = ParseType(name, json.GetString()!);
                    break;
                case "shape":
                    shape = ReadNumbers(ref json).ConvertAll(size => size is >= int.MinValue and <= int.MaxValue ? (int)size : throw new FormatException($"tensor '{name}' has an axis of {size}, more than {int.MaxValue}"));
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref json);
                    break;
                case string other:
                    throw new FormatException($"tensor '{name}' has an unknown field '{other}'");
            }
        }

        if (type is null || shape is null || offsets is not { Count: 2 } || offsets[0] < 0 || offsets[1] < offsets[0] || shape.Exists(size => size < 0))
            throw new FormatException($"tensor '{name}' lacks a dtype, a shape or two ascending data_offsets");
        SafetensorsEntry entry = new(name, type.Value, shape, offsets[0], offsets[1]);
        long expected = SafetensorsEntry.BytesOf(entry.Type, shape)
            ?? throw new FormatException($"tensor '{name}' {entry.ShapeText} {SafetensorsTypes.Spell(entry.Type)} ends within a byte");
        if (entry.End - entry.Start != expected)
            throw new FormatException($"tensor '{name}' {entry.ShapeText} {SafetensorsTypes.Spell(entry.Type)} needs {expected} bytes and has {entry.End - entry.Start}");
        return entry;
    }

    private static SafetensorsType ParseType(string name, string text) => SafetensorsTypes.Parse(text)
        ?? throw new FormatException($"tensor '{name}' is of type '{text}', which is not supported");

    private static List<long> ReadNumbers(ref Utf8JsonReader json)
    {
        List<long> numbers = [];
        Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.Number)
            numbers.Add(json.TryGetInt64(out long number) ? number : throw new FormatException("a size or an offset is no whole number, or too large"));
        if (json.TokenType != JsonTokenType.EndArray) throw new FormatException("a list of sizes or offsets holds something else than numbers");
        return numbers;
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type) throw new FormatException($"its header has {json.TokenType} where {type} belongs");
    }

    /// <summary>Tensors must cover the data exactly: no overlap, no hole, nothing missing, nothing after the last.</summary>
    private static void CheckPlaces(List<SafetensorsEntry> entries, long dataLength)
    {
        long position = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
        {
            if (entry.Start < position) throw new FormatException($"tensor '{entry.Name}' overlaps the one before it");
            if (entry.Start > position) throw new FormatException($"there is a hole before tensor '{entry.Name}'");
            position = entry.End;
        }

        if (position > dataLength) throw new FormatException($"it is truncated: {position} bytes of tensors are announced and {dataLength} are there");
        if (position < dataLength) throw new FormatException($"{dataLength - position} bytes follow the last tensor");
    }
}
