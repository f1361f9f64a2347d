using System.Text.Json;

namespace Inkling.Tuning;

/// <summary>
/// The values a parameter may take. A value is one <see cref="double"/> everywhere in this library: the number itself for
/// <see cref="FloatDistribution"/> and <see cref="IntegerDistribution"/>, the place of the choice, from 0, for <see cref="CategoricalDistribution"/>.
/// </summary>
public abstract record Distribution
{
    private protected Distribution() { }

    /// <summary>The number of different values; <see cref="double.PositiveInfinity"/> for a continuous range.</summary>
    public abstract double Count { get; }

    /// <summary>Whether there is nothing to choose.</summary>
    public bool IsSingle => Count == 1;

    /// <summary>Whether <paramref name="value"/> is one of the values.</summary>
    public abstract bool Contains(double value);

    /// <summary>The place of a value in [0, 1]: the scale is applied, and of the n values of a stepped range the i-th is at (i + ½) / n.</summary>
    /// <param name="value">A value of the distribution.</param>
    public abstract double ToUnit(double value);

    /// <summary>The value at a place: the opposite of <see cref="ToUnit"/>. Every value of a stepped linear range has the same share of [0, 1].</summary>
    /// <param name="unit">A place; what lies outside [0, 1] is moved to its end.</param>
    public abstract double FromUnit(double unit);

    /// <summary>A value as it is shown and exchanged: <c>0.001</c>, <c>7</c>, <c>adam</c>. <see cref="Parse"/> reads it back, bit for bit.</summary>
    /// <param name="value">A value of the distribution.</param>
    public abstract string Text(double value);

    /// <summary>Reads a value from its text.</summary>
    /// <param name="text">What <see cref="Text"/> writes.</param>
    /// <exception cref="SearchSpaceException">It is not one of the values.</exception>
    public abstract double Parse(string text);

    /// <summary>Whether trials with this and with the other distribution can be in one study: same kind and scale, and same choices; ranges may differ.</summary>
    /// <param name="other">The distribution of the same parameter in another trial.</param>
    public abstract bool IsCompatible(Distribution other);

    /// <summary>
    /// As JSON, the form of the <c>--space</c> file: <c>{"type": "float", "low": 1e-5, "high": 0.1, "log": true}</c>,
    /// <c>{"type": "int", "low": 1, "high": 9, "step": 2}</c>, <c>{"type": "categorical", "choices": ["sgd", "adam"]}</c>.
    /// </summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            Write(writer);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Reads <see cref="ToJson"/>, or one entry of a space file.</summary>
    /// <param name="json">One object.</param>
    /// <exception cref="SearchSpaceException">It is not a distribution.</exception>
    public static Distribution FromJson(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return FromJson(document.RootElement);
        }
        catch (JsonException wrong)
        {
            throw new SearchSpaceException($"Distribution: not JSON: {wrong.Message}", wrong);
        }
    }

    /// <summary>Reads <see cref="ToJson"/>, or one entry of a space file.</summary>
    /// <param name="json">One object.</param>
    /// <exception cref="SearchSpaceException">It is not a distribution.</exception>
    public static Distribution FromJson(JsonElement json) => DistributionReader.Read(json);

    private protected abstract void Write(Utf8JsonWriter writer);
}
