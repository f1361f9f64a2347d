using Inkling.Text;

namespace Inkling.Vectors.Tests;

/// <summary>Words and vectors together.</summary>
public sealed class HybridTests
{
    [Fact]
    public void Fusion_adds_up_inverse_ranks()
    {
        (long Key, double Score)[] fused = ReciprocalRankFusion.Fuse([[1, 2, 3], [3, 4]]);
        Assert.Equal([3L, 1, 2, 4], fused.Select(one => one.Key));
        Assert.Equal((1 / 63.0) + (1 / 61.0), fused[0].Score, 1e-12);
        Assert.Equal([1L, 2, 3, 4], ReciprocalRankFusion.Fuse([[1, 2, 3], [3, 4]], [1, 0], 1).Select(one => one.Key));
        Assert.Throws<ArgumentException>(() => ReciprocalRankFusion.Fuse([[1]], [1, 2]));
        Assert.Throws<ArgumentException>(() => ReciprocalRankFusion.Fuse([[1]], [-1]));
        Assert.Throws<ArgumentException>(() => ReciprocalRankFusion.Fuse([[1]], null, 0));
        Assert.Empty(ReciprocalRankFusion.Fuse([[], []]));
    }

    [Fact]
    public void What_both_sides_find_comes_first()
    {
        HybridIndex index = Some();
        HybridHit[] hits = index.Search("dates agreed", [1, 0.1f], 10);
        // 1 has the words and the direction, 2 the words alone, 3 the direction alone.
        Assert.Equal(1, hits[0].Key);
        Assert.Equal((1, 1), (hits[0].TextRank, hits[0].VectorRank));
        Assert.Equal(0, hits.Single(hit => hit.Key == 3).TextRank);
        Assert.Equal([2L], index.Search("dates", [1, 0.1f], 1, new HybridSearchOptions { Filter = key => key == 2 }).Select(hit => hit.Key));
        Assert.DoesNotContain(index.Search("dates", [1, 0.1f], 10, new HybridSearchOptions { VectorWeight = 0 }), hit => hit.Key == 3);
    }

    [Fact]
    public void A_file_gives_back_both_sides()
    {
        using TemporaryFile file = new();
        HybridIndex index = Some();
        index.Save(file.Path);
        HybridIndex opened = HybridIndex.Open(file.Path);
        opened.Verify();
        Assert.IsType<HnswIndex>(opened.Vectors);
        Assert.Equal(index.Search("dates agreed", [1, 0.1f], 10), opened.Search("dates agreed", [1, 0.1f], 10));
        opened.Set(2, "other words", [0, -1]);
        Assert.True(opened.Remove(3));
        Assert.Equal(3, opened.Count);
        Assert.DoesNotContain(opened.Search("dates", [1, 0], 10, new HybridSearchOptions { VectorWeight = 0 }), hit => hit.Key == 2);
        Assert.Equal(4, HybridIndex.Open(file.Path).Count);

        // A file of one side is not one of both.
        index.Texts.Save(file.Path);
        Assert.Throws<InvalidDataException>(() => HybridIndex.Open(file.Path));
    }

    [Fact]
    public void A_refused_vector_leaves_both_sides_as_they_were()
    {
        HybridIndex index = Some();
        Assert.Throws<ArgumentException>(() => index.Add(9, "text", [0, 0]));
        Assert.Throws<ArgumentException>(() => index.Add(1, "text", [1, 1]));
        Assert.Equal((4, 4), (index.Vectors.Count, index.Texts.Count));
        Assert.Throws<ArgumentException>(() => new HybridIndex(index.Vectors, new Bm25Index()));
    }

    private static HybridIndex Some()
    {
        HybridIndex index = new(new HnswIndex(new HnswOptions { Dimensions = 2 }));
        index.Add(1, "we agreed on the dates", [1, 0]);
        index.Add(2, "the agreed dates of last year", [-1, 0.2f]);
        index.Add(3, "it is settled when we meet", [1, 0.5f]);
        index.Add(4, "lunch", [0, 1]);
        return index;
    }
}
