using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Inkling.Vectors;

/// <summary>Reads what a record has from its attributes or its definition.</summary>
internal sealed class RecordModelBuilder() : CollectionModelBuilder(new CollectionModelBuildingOptions { RequiresAtLeastOneVector = false, SupportsMultipleVectors = true })
{
    /// <summary>Whether properties of a type hold a vector themselves; others are texts that one is made of.</summary>
    public static bool IsVector(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { } plain && (plain == typeof(ReadOnlyMemory<float>) || plain == typeof(float[]) || plain == typeof(Embedding<float>));

    protected override bool IsDataPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = ValueCodec.Supported;
        return ValueCodec.Find(type) is not null;
    }

    protected override bool IsVectorPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = "ReadOnlyMemory<float>, float[], Embedding<float>";
        return IsVector(type);
    }

    protected override bool SupportsKeyAutoGeneration(Type keyPropertyType) => keyPropertyType == typeof(Guid) || keyPropertyType == typeof(long) || keyPropertyType == typeof(int);

    protected override void ValidateKeyProperty(KeyPropertyModel keyProperty)
    {
        base.ValidateKeyProperty(keyProperty);
        Type type = keyProperty.Type;
        if (ValueCodec.Find(type) is null || Nullable.GetUnderlyingType(type) is not null || (type != typeof(string) && !type.IsValueType))
            throw new NotSupportedException($"Collection: keys of type {type.Name} are not kept. Take string, int, long, ulong, Guid or another of the plain types.");
    }
}
