using Inkling.Golden;
using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Attention and transformer blocks compute what PyTorch, or the published formula, computes: results and all gradients.</summary>
public sealed class AttentionGoldenTests : IDisposable
{
    private readonly GoldenFamily _golden = GoldenFamily.Open("attention");
    private readonly Tape _tape = new();

    [Theory]
    [InlineData("attend", false)]
    [InlineData("attend-causal", true)]
    [InlineData("attend-causal-cached", true)]
    [InlineData("attend-lengths", false)]
    [InlineData("attend-mask-2", false)]
    [InlineData("attend-mask-3", false)]
    [InlineData("attend-mask-4", false)]
    public void Scaled_dot_product(string name, bool causal)
    {
        Tensor[] operands = Inputs(name, "q", "k", "v");
        Tensor? mask = _golden.Has(name, "in.mask") ? _tape.Input(Shape.Create(_golden.Shape(name, "in.mask")), _golden.Values(name, "in.mask")) : null;
        AttentionRule rule = new() { Causal = causal, Lengths = GoldenModules.Lengths(_golden, _tape, name) };
        Check(name, null, operands, ["q", "k", "v"], operands[0].Attention(operands[1], operands[2], 2, rule, mask));
    }

    [Fact]
    public void Multi_head_attention()
    {
        MultiHeadAttention self = GoldenModules.Load(_golden, "multi-head-self", new MultiHeadAttention(8, 2));
        Tensor[] x = Inputs("multi-head-self", "x");
        AttentionRule rule = new() { Lengths = GoldenModules.Lengths(_golden, _tape, "multi-head-self") };
        Check("multi-head-self", self.Parameters, x, ["x"], self.Forward(x[0], rule));

        MultiHeadAttention cross = GoldenModules.Load(_golden, "multi-head-cross", new MultiHeadAttention(8, 2));
        Tensor[] both = Inputs("multi-head-cross", "x", "memory");
        Check("multi-head-cross", cross.Parameters, both, ["x", "memory"], cross.Forward(both[0], both[1], rule));
    }

    [Fact]
    public void Values_apart_from_keys_are_projected_by_the_last_third()
    {
        MultiHeadAttention attention = GoldenModules.Load(_golden, "multi-head-self", new MultiHeadAttention(8, 2));
        Tensor x = Inputs("multi-head-self", "x")[0];
        AttentionRule rule = new() { Lengths = GoldenModules.Lengths(_golden, _tape, "multi-head-self") };
        Check("multi-head-self", attention.Parameters, [x], ["x"], attention.Forward(x, x, x, rule));
    }

    [Theory]
    [InlineData("post")]
    [InlineData("pre")]
    public void Transformer_blocks(string order)
    {
        string name = "encoder-layer-" + order;
        AttentionRule rule = new() { Causal = true, Lengths = GoldenModules.Lengths(_golden, _tape, name) };
        TransformerEncoderLayer encoder = GoldenModules.Load(_golden, name, new TransformerEncoderLayer(8, 2, Options(order)));
        Tensor[] x = Inputs(name, "x");
        Check(name, encoder.Parameters, x, ["x"], encoder.Forward(x[0], rule));

        name = "decoder-layer-" + order;
        TransformerDecoderLayer decoder = GoldenModules.Load(_golden, name, new TransformerDecoderLayer(8, 2, Options(order)));
        Tensor[] both = Inputs(name, "x", "memory");
        Check(name, decoder.Parameters, both, ["x", "memory"], decoder.Forward(both[0], both[1], memoryLengths: GoldenModules.Lengths(_golden, _tape, name)));

        name = "encoder-" + order;
        TransformerEncoder stack = GoldenModules.Load(_golden, name, new TransformerEncoder(8, 2, 2, Options(order)));
        x = Inputs(name, "x");
        Check(name, stack.Parameters, x, ["x"], stack.Forward(x[0]));
    }

    [Fact]
    public void A_decoder_is_its_blocks_and_a_last_norm()
    {
        TransformerDecoder decoder = new TransformerDecoder(8, 2, 2, Options("pre")).Build(1);
        Assert.Contains("layers.1.multihead_attn.in_proj_weight", decoder.Parameters.Select(p => p.Name));
        Tensor[] both = Inputs("decoder-layer-pre", "x", "memory");
        float[] y = decoder.Forward(both[0], both[1]).ToArray();
        for (int row = 0; row < y.Length; row += 8)
        {
            Assert.Equal(0, y.Skip(row).Take(8).Average(), 1e-5);
            Assert.Equal(1, y.Skip(row).Take(8).Average(v => v * v), 1e-3);
        }
    }

    [Theory]
    [InlineData("gpt", false)]
    [InlineData("gpt-rotary", true)]
    public void Gpt_block(string name, bool rotary)
    {
        GptBlock block = GoldenModules.Load(_golden, name, new GptBlock(8, 2, rotary: rotary ? new RotaryTable(4, 16) : null));
        Tensor[] x = Inputs(name, "x");
        Check(name, block.Parameters, x, ["x"], block.Forward(x[0]));
    }

    [Fact]
    public void Additive_and_dot_attention()
    {
        Tensor[] operands = Inputs("additive", "q", "k", "v", "values"), results = new Tensor[2];
        Tape.Record(new AttendAdditively(GoldenModules.Lengths(_golden, _tape, "additive")), results, operands);
        Check("additive", null, operands, ["q", "k", "v", "values"], results);

        operands = Inputs("dot", "q", "x", "w");
        DotAttention dot = new DotAttention(3, 8).Build(1);
        operands[2].Values.CopyTo(dot.Parameters["key.weight"].Values);
        Check("dot", null, operands[..2], ["q", "x"], dot.Forward(operands[0], operands[1]));
        _golden.AssertClose("dot", "grad.w", dot.Parameters["key.weight"].Gradients);
    }

    [Fact]
    public void Positions()
    {
        foreach ((string name, bool interleaved) in ((string, bool)[])[("rotary-halves", false), ("rotary-interleaved", true)])
        {
            Tensor[] x = Inputs(name, "x");
            Check(name, null, x, ["x"], x[0].Rotate(new RotaryTable(4, 5, interleaved: interleaved)));
        }

        Tensor[] y = Inputs("sinusoids", "x");
        Check("sinusoids", null, y, ["x"], new SinusoidalPositions(8, 5).Forward(y[0]));
    }

    public void Dispose()
    {
        _golden.Dispose();
        _tape.Dispose();
    }

    private static TransformerOptions Options(string order) => order == "pre"
        ? new TransformerOptions { FeedForward = 12, Dropout = 0, NormFirst = true, Activation = new Activation<Gelu>() }
        : new TransformerOptions { FeedForward = 12, Dropout = 0 };

    private Tensor[] Inputs(string name, params string[] operands)
    {
        _tape.Begin();
        return [.. operands.Select(operand => GoldenModules.Input(_golden, _tape, name, operand))];
    }

    private void Check(string name, ParameterSet? parameters, Tensor[] operands, string[] names, params Tensor[] results)
    {
        GoldenModules.Check(_golden, _tape, name, parameters, results);
        for (int i = 0; i < names.Length; i++) _golden.AssertClose(name, "grad." + names[i], operands[i].Gradient);
    }
}
