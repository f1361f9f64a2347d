using Microsoft.Extensions.VectorData;

namespace Inkling.Vectors.Data.Tests;

/// <summary>A record with a bit of everything.</summary>
public sealed class Note
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData(IsFullTextIndexed = true)]
    public string? Text { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Year { get; set; }

    [VectorStoreData]
    public double? Weight { get; set; }

    [VectorStoreData(StorageName = "pinned")]
    public bool IsPinned { get; set; }

    [VectorStoreData]
    public List<string> Tags { get; set; } = [];

    [VectorStoreData]
    public DateTimeOffset Written { get; set; }

    [VectorStoreVector(2, DistanceFunction = DistanceFunction.CosineSimilarity, IndexKind = IndexKind.Hnsw)]
    public ReadOnlyMemory<float> Meaning { get; set; }

    public static Note Of(string id, string? text, int year, float x, float y, params string[] tags) =>
        new() { Id = id, Text = text, Year = year, Meaning = new[] { x, y }, Tags = [.. tags], Written = new DateTimeOffset(year, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)) };

    public static Note[] Some() =>
    [
        Of("a", "we agreed on the dates", 2020, 1, 0, "work", "dates"),
        Of("b", "lunch with the team", 2021, 0, 1, "food"),
        Of("c", "the dates of the holidays", 2022, 0.9f, 0.4f, "home", "dates"),
        Of("d", null, 2023, -1, 0),
    ];
}
