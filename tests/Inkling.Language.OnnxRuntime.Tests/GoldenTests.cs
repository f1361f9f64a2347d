using System.Text.Json;

namespace Inkling.Language.Tests;

/// <summary>
/// A BERT of two layers with weights drawn at random and words of our own, made, exported and asked by sentence-transformers 6.0.1 (transformers 5.17.0, tokenizers 0.23.2): <c>Golden</c>
/// is the folder as it was written, <c>golden.json</c> what came out there.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    private static readonly (string Text, int[] Ids, float[] Vector)[] s_golden = [.. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(s_folder, "golden.json"))).RootElement.EnumerateArray()
        .Select(one => (one.GetProperty("text").GetString()!, one.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray(), one.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray()))];

    [Fact]
    public void Texts_fall_into_the_same_pieces()
    {
        Text.WordPieceTokenizer tokenizer = Text.WordPieceTokenizer.Load(Path.Combine(s_folder, "tokenizer.json"));
        foreach ((string text, int[] expected, _) in s_golden)
        {
            List<int> ids = [];
            tokenizer.Encode(text, ids, 46);
            Assert.Equal(expected, (int[])[2, .. ids, 3]);
        }
    }

    [Fact]
    public void Texts_have_the_same_vectors_alone_and_together()
    {
        MadeUpModel.SkipWithoutRuntime();
        using OnnxSentenceEncoder encoder = OnnxSentenceEncoder.Load(s_folder, new OnnxSentenceOptions { BatchSize = 8 });
        Assert.Equal((32, 48), (encoder.Dimensions, encoder.MaxPieces));
        float[][] together = encoder.EncodeMany([.. s_golden.Select(one => one.Text)]);
        float[] alone = new float[32];
        int compared = 0;
        for (int i = 0; i < s_golden.Length; i++)
        {
            encoder.Encode(s_golden[i].Text, alone);
            // Of a text without a piece, Python has the vector of begin and end, and this zeros.
            if (s_golden[i].Ids.Length == 2)
            {
                Assert.All(alone, value => Assert.Equal(0, value));
                continue;
            }

            MadeUpModel.Near([.. s_golden[i].Vector.Select(value => (double)value)], alone);
            MadeUpModel.Near([.. s_golden[i].Vector.Select(value => (double)value)], together[i]);
            compared++;
        }

        Assert.InRange(compared, 15, int.MaxValue);
    }
}
