using CsCheck;

namespace Inkling.Onnx.Tests.Operators;

/// <summary>Attention and rotary embeddings against loops over single scores and pairs.</summary>
public sealed class AttentionTests
{
    [Fact]
    public void Every_query_weighs_the_values_of_the_keys_it_may_see() => Gen.Select(Gen.Int[1, 3].Array[6], Gen.Int[0, 127]).Sample((sizes, options) =>
    {
        (int batch, int kvHeads, int sharing, int queries, int keys, int size) = (sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5]);
        bool causal = (options & 1) == 1, capped = (options & 2) == 2, cached = (options & 4) == 4;
        int past = cached ? 2 : 0, total = keys + past, heads = kvHeads * sharing, width = 2;
        var random = new Random(options);
        OnnxValue<float> q = Op.Random(random, batch, heads, queries, size), k = Op.Random(random, batch, kvHeads, keys, size), v = Op.Random(random, batch, kvHeads, keys, width);
        OnnxValue<float> pastK = Op.Random(random, batch, kvHeads, past, size), pastV = Op.Random(random, batch, kvHeads, past, width);
        OnnxValue? mask = (options >> 3 & 3) switch
        {
            0 => null,
            1 => OnnxValue.Create([queries, total], [.. Enumerable.Range(0, queries * total).Select(_ => random.Next(3) > 0)]),
            2 => Op.Random(random, batch, 1, queries, total),
            _ => Op.Random(random, heads, queries, total),
        };
        (string, object)[] attributes = [("is_causal", causal), ("softcap", capped ? 1.5f : 0f), ("scale", 0.6f)];
        OnnxValue[] results = cached ? Op.All("Attention", [q, k, v, mask, pastK, pastV], 3, 23, attributes) : Op.All("Attention", [q, k, v, mask], 1, 23, attributes);
        float[] y = results[0].Values<float>().ToArray();
        float[] allK = cached ? results[1].Values<float>().ToArray() : k.Data, allV = cached ? results[2].Values<float>().ToArray() : v.Data;

        for (int row = 0; row < batch * heads * queries; row++)
        {
            (int head, int query) = (row / queries, row % queries);
            double[] scores = [.. Enumerable.Range(0, total).Select(Score)];
            double sum = scores.Sum(Math.Exp);
            for (int j = 0; j < width; j++)
                Assert.Equal(sum == 0 ? 0 : Enumerable.Range(0, total).Sum(key => Math.Exp(scores[key]) / sum * allV[(((head / sharing * total) + key) * width) + j]), y[(row * width) + j], 1e-4);

            double Score(int key)
            {
                double dot = 0.6 * Enumerable.Range(0, size).Sum(i => (double)q.Data[(row * size) + i] * allK[(((head / sharing * total) + key) * size) + i]);
                dot = capped ? 1.5 * Math.Tanh(dot / 1.5) : dot;
                double addend = mask switch
                {
                    OnnxValue<bool> truths => truths.Data[(query * total) + key] ? 0 : double.NegativeInfinity,
                    OnnxValue<float> { Rank: 4 } numbers => numbers.Data[((((head / heads) * queries) + query) * total) + key],
                    OnnxValue<float> numbers => numbers.Data[(((head % heads * queries) + query) * total) + key],
                    _ => 0,
                };
                return causal && key > query + past ? double.NegativeInfinity : dot + addend;
            }
        }
    }, iter: 200);

    [Fact]
    public void Heads_may_lie_side_by_side()
    {
        var random = new Random(4);
        OnnxValue<float> q = Op.Random(random, 2, 4, 3, 5), k = Op.Random(random, 2, 2, 6, 5), v = Op.Random(random, 2, 2, 6, 7);
        OnnxValue apart = Op.Run("Attention", 23, [q, k, v]);
        OnnxValue together = Op.Run("Attention", 23, [Flat(q), Flat(k), Flat(v)], ("q_num_heads", 4), ("kv_num_heads", 2));

        Assert.Equal([2, 3, 28], together.Shape);
        Assert.Equal(Flat(apart).Values<float>(), together.Values<float>());

        static OnnxValue Flat(OnnxValue x) => x.Transpose(0, 2, 1, 3).Reshape([x.Sizes[0], x.Sizes[2], x.Sizes[1] * x.Sizes[3]]);
    }

    [Fact]
    public void Keys_behind_the_length_are_padding_and_a_query_that_sees_nothing_gives_zero()
    {
        OnnxValue<float> q = Op.Random(new Random(1), 2, 1, 2, 3), k = Op.Random(new Random(2), 2, 1, 4, 3), v = Op.Random(new Random(3), 2, 1, 4, 1);
        float[] y = Op.Run("Attention", 24, [q, k, v, null, null, null, Op.Longs(1, 0)]).Values<float>().ToArray();

        Assert.Equal([v.Data[0], v.Data[0], 0, 0], y);
    }

    [Fact]
    public void Scores_are_shown_at_the_stage_asked_for()
    {
        OnnxValue q = Op.Floats([1, 1, 1, 1], 2), k = Op.Floats([1, 1, 2, 1], 1, 3), v = Op.Floats([1, 1, 2, 1], 1, 2), mask = Op.Floats([1, 2], 0, -1);
        float[][] stages = [.. Enumerable.Range(0, 4).Select(mode => Shown(mode))];

        Assert.Equal([2, 6], stages[0]);
        Assert.Equal([4 * MathF.Tanh(0.5f), 4 * MathF.Tanh(1.5f)], stages[1], (a, b) => MathF.Abs(a - b) < 1e-5f);
        Assert.Equal([stages[1][0], stages[1][1] - 1], stages[2]);
        Assert.Equal(1, stages[3].Sum(), 1e-6f);

        float[] Shown(int mode)
        {
            OnnxModel model = new ModelBuilder(23).Input("q", OnnxElementType.Float, 1, 1, 1, 1).Input("k", OnnxElementType.Float, 1, 1, 2, 1).Input("v", OnnxElementType.Float, 1, 1, 2, 1).Input("m", OnnxElementType.Float, 1, 2)
                .Node("Attention", "q k v m", "y - - s", ("softcap", 4f), ("scale", 1f), ("qk_matmul_output_mode", mode)).Output("s").Load();
            return model.Run(new Dictionary<string, OnnxValue> { ["q"] = q, ["k"] = k, ["v"] = v, ["m"] = mask })["s"].Values<float>().ToArray();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pairs_are_turned_by_the_angle_of_their_position(bool interleaved)
    {
        OnnxValue<float> x = Op.Random(new Random(2), 1, 2, 3, 6);
        OnnxValue<float> angles = Op.Random(new Random(3), 5, 2);
        OnnxValue cos = OnnxValue.Create([5, 2], Array.ConvertAll(angles.Data, MathF.Cos)), sin = OnnxValue.Create([5, 2], Array.ConvertAll(angles.Data, MathF.Sin));
        float[] y = Op.Run("RotaryEmbedding", 23, [x, cos, sin, OnnxValue.Create([1, 3], new[] { 4L, 0, 2 })], ("interleaved", interleaved), ("rotary_embedding_dim", 4)).Values<float>().ToArray();

        int[] positions = [4, 0, 2];
        for (int row = 0; row < 6; row++)
        {
            for (int pair = 0; pair < 2; pair++)
            {
                (int first, int second) = interleaved ? (2 * pair, (2 * pair) + 1) : (pair, pair + 2);
                (float a, float b) = (x.Data[(row * 6) + first], x.Data[(row * 6) + second]);
                float angle = angles.Data[(positions[row % 3] * 2) + pair];
                Assert.Equal((a * MathF.Cos(angle)) - (b * MathF.Sin(angle)), y[(row * 6) + first], 1e-5f);
                Assert.Equal((a * MathF.Sin(angle)) + (b * MathF.Cos(angle)), y[(row * 6) + second], 1e-5f);
            }

            Assert.Equal(x.Data[((row * 6) + 4)..((row * 6) + 6)], y[((row * 6) + 4)..((row * 6) + 6)]);
        }
    }
}
