using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>What an <see cref="Lstm"/> returns.</summary>
/// <param name="Output">The hidden states of the last layer at every step, <c>[T, B, H]</c>, or <c>[T, B, 2H]</c> of both directions.</param>
/// <param name="Hidden">The last hidden state of each layer and direction, <c>[B, H]</c>.</param>
/// <param name="Cell">The last cell state of each layer and direction, <c>[B, H]</c>.</param>
public readonly record struct LstmOutput(Tensor Output, Tensor[] Hidden, Tensor[] Cell);

/// <summary>
/// Long short-term memory over a whole sequence, <c>[T, B, I] → [T, B, H]</c>, several layers, one or both directions
/// (Hochreiter &amp; Schmidhuber 1997; Gers et al. 2000), on request with peepholes or coupled gates: <see cref="LstmSequence"/> has the formulas.
/// </summary>
/// <remarks>
/// Parameters of layer k, as in PyTorch: <c>weight_ih_lk</c> <c>[4H, I]</c>, <c>weight_hh_lk</c> <c>[4H, H]</c>, uniform in <c>±1/√H</c>, gates in the order
/// i, f, g, o; and one bias, <c>bias_lk</c> <c>[4H]</c>, zero but for the forget gate's, which is 1 (Jozefowicz et al. 2015), or, with
/// <see cref="LstmOptions.SeparateBiases"/>, <c>bias_ih_lk</c> like it and <c>bias_hh_lk</c>, zero at first, which are added. Peepholes are <c>weight_peephole_lk</c>
/// <c>[3H]</c> (i, f, o), zero at first. Coupled gates are three, i, g, o, with peepholes <c>[2H]</c> (i, o). <c>_reverse</c> is put after those of the second direction.
/// </remarks>
public sealed class Lstm : RecurrentLayer
{
    /// <summary>Declares the layers.</summary>
    /// <param name="input">Width I of the input, at least 1.</param>
    /// <param name="hidden">Width H of the state, at least 1.</param>
    /// <param name="layers">Number of layers, at least 1. Default: 1.</param>
    /// <param name="dropout">Dropout between layers, 0 ≤ p &lt; 1. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the rate is out of range.</exception>
    public Lstm(int input, int hidden, int layers = 1, double dropout = 0)
        : this(input, hidden, new LstmOptions { Layers = layers, Dropout = dropout })
    {
    }

    /// <summary>Declares the layers.</summary>
    /// <param name="input">Width I of the input, at least 1.</param>
    /// <param name="hidden">Width H of the state, at least 1.</param>
    /// <param name="options">Layers, directions, dropout, the kind of cell.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or a rate is out of range.</exception>
    public Lstm(int input, int hidden, LstmOptions options)
        : base(input, hidden, options is { Coupled: true } ? 3 : 4, options)
    {
    }

    private static readonly IReadOnlyList<string> s_coupledGates = ["input", "candidate", "output"];

    private LstmOptions CellOptions => (LstmOptions)Options;

    /// <summary>Runs the sequences.</summary>
    /// <param name="x">The input, <c>[T, B, I]</c>.</param>
    /// <param name="hidden">The initial hidden state of each layer and direction, <c>[B, H]</c>; empty for zeros.</param>
    /// <param name="cell">The initial cell state of each layer and direction, <c>[B, H]</c>; empty for zeros.</param>
    /// <param name="resets"><c>[T, B]</c>: where not 0, the state is cleared before that step.</param>
    /// <param name="lengths"><c>[B]</c>: the number of steps of each row; null for T.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a length is not in 1 … T, or there is not one state for each layer and direction.</exception>
    public LstmOutput Forward(Tensor x, ReadOnlySpan<Tensor> hidden = default, ReadOnlySpan<Tensor> cell = default, Indices? resets = null, Indices? lengths = null)
    {
        Tensor[] lastHidden = new Tensor[StateCount], lastCell = new Tensor[StateCount];
        Tensor output = Forward(x, hidden, cell, lastHidden, lastCell, resets, lengths);
        return new LstmOutput(output, lastHidden, lastCell);
    }

    /// <summary>As the other overload, with the last states written to memory of the caller's: this one allocates nothing.</summary>
    public Tensor Forward(Tensor x, ReadOnlySpan<Tensor> hidden, ReadOnlySpan<Tensor> cell, Span<Tensor> lastHidden, Span<Tensor> lastCell, Indices? resets = null, Indices? lengths = null)
    {
        if (hidden.Length != cell.Length) throw new ArgumentException($"Lstm: {hidden.Length} hidden and {cell.Length} cell states given; give one of each for each layer and direction, or none.", nameof(hidden));
        return Run(x, hidden, cell, lastHidden, lastCell, resets, lengths);
    }

    private protected override IReadOnlyList<string> GateNames => CellOptions.Coupled ? s_coupledGates : RecurrentTrace.LstmGateNames;

    private protected override bool HasCells => true;

    private protected override void Step(in RecurrentCell cell, Span<real> sums, ReadOnlySpan<real> hPrevious, ReadOnlySpan<real> cPrevious, Span<real> c, Span<real> h)
    {
        Elementwise.Add(cell.InputBias.Values, sums);
        if (cell.RecurrentBias is { } bias) Elementwise.Add(bias.Values, sums);
        AddProduct(cell.RecurrentWeight.Values, hPrevious, sums);
        real[] tanhC = new real[HiddenWidth];
        if (!CellOptions.Coupled && cell.Peephole is null) LstmGates.Forward(sums, cPrevious, c, tanhC, h);
        else LstmVariantGates.Forward(CellOptions.Coupled, sums, cell.Peephole is { } peephole ? peephole.Values : default, cPrevious, c, tanhC, h);
    }

    private protected override RecurrentCell AddBiases(string suffix, int gates, RecurrentCell cell)
    {
        int hidden = HiddenWidth;
        LstmOptions options = CellOptions;
        Action<Parameter, ulong>? initialize = options.Coupled ? null : (p, _) => p.Values.Slice(hidden, hidden).Fill(1);
        return cell with
        {
            InputBias = AddParameter((options.SeparateBiases ? "bias_ih" : "bias") + suffix, [gates * hidden], initialize, decays: false),
            RecurrentBias = options.SeparateBiases ? AddParameter("bias_hh" + suffix, [gates * hidden], decays: false) : null,
            Peephole = options.Peephole ? AddParameter("weight_peephole" + suffix, [(gates - 1) * hidden], decays: false) : null,
        };
    }

    private protected override void Run(in RecurrentCell cell, Tensor x, Tensor h, Tensor c, SequenceOrder order, Span<Tensor> results)
    {
        Tape tape = x.Tape;
        LstmSequence op = new(order, CellOptions.Coupled);
        Tensor wx = tape.Parameter(cell.InputWeight), wh = tape.Parameter(cell.RecurrentWeight), bias = tape.Parameter(cell.InputBias);
        if (cell.RecurrentBias is not null) bias += tape.Parameter(cell.RecurrentBias);
        if (cell.Peephole is null) Tape.Record(op, results, [x, h, c, wx, wh, bias]);
        else Tape.Record(op, results, [x, h, c, wx, wh, bias, tape.Parameter(cell.Peephole)]);
    }
}
