using System.Globalization;
using System.Text;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Inkling.Vectors;

/// <summary>
/// What the records of a collection have, whatever class they are read into: two models that store the same under the same names have the same shape.
/// </summary>
internal sealed class RecordShape
{
    /// <summary>Describes a model.</summary>
    /// <exception cref="NotSupportedException">It wants a distance function or an index that there is not.</exception>
    public RecordShape(CollectionModel model)
    {
        Key = ValueCodec.Of(model.KeyProperty.Type);
        Data = [.. model.DataProperties.OrderBy(property => property.StorageName, StringComparer.Ordinal).Select(property => ValueCodec.Of(property.Type))];
        FullText = [.. model.DataProperties.OrderBy(property => property.StorageName, StringComparer.Ordinal).Select(property => property.IsFullTextIndexed)];
        Vectors = [.. model.VectorProperties.OrderBy(property => property.StorageName, StringComparer.Ordinal).Select(VectorShape.Of)];
        Text = Describe(model);
        if (model.DataProperties.FirstOrDefault(property => property.IsFullTextIndexed && ValueCodec.Of(property.Type).Name is not ("string" or "strings")) is { } wrong)
            throw new NotSupportedException($"Collection: {wrong.ModelName} is of type {wrong.Type.Name}, in which no words can be found. Index texts or lists of texts.");
    }

    /// <summary>How keys are kept.</summary>
    public ValueCodec Key { get; }

    /// <summary>How data properties are kept, in the order of their names.</summary>
    public ValueCodec[] Data { get; }

    /// <summary>Which data properties are found by their words.</summary>
    public bool[] FullText { get; }

    /// <summary>The vector properties, in the order of their names.</summary>
    public VectorShape[] Vectors { get; }

    /// <summary>All of it, a property a line: what is kept beside the records and compared when they are opened.</summary>
    public string Text { get; }

    /// <summary>The first thing in which two descriptions differ.</summary>
    public static string Difference(string stored, string wanted)
    {
        string[] there = stored.Split('\n'), here = wanted.Split('\n');
        int i = 0;
        while (i < int.Min(there.Length, here.Length) && there[i] == here[i])
            i++;
        return $"it has \"{(i < there.Length ? there[i] : "")}\" where the record has \"{(i < here.Length ? here[i] : "")}\"";
    }

    private string Describe(CollectionModel model)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"key {Key.Name} {model.KeyProperty.StorageName}");
        int i = 0;
        foreach (DataPropertyModel property in model.DataProperties.OrderBy(property => property.StorageName, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\ndata {Data[i].Name}{(FullText[i] ? " words" : "")} {property.StorageName}");
            i++;
        }

        i = 0;
        foreach (VectorPropertyModel property in model.VectorProperties.OrderBy(property => property.StorageName, StringComparer.Ordinal))
        {
            VectorShape vector = Vectors[i++];
            text.Append(CultureInfo.InvariantCulture, $"\nvector {vector.Dimensions} {vector.Score.Metric} {vector.Kind} {property.StorageName}");
        }

        return text.ToString();
    }
}
