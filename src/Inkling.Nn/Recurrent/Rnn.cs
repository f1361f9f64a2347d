using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Plain recurrent network over a whole sequence, <c>h_t = φ(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh)</c> with φ = tanh or ReLU:
/// <c>[T, B, I] → [T, B, H]</c>, several layers, one or both directions (Elman 1990).
/// </summary>
/// <remarks>
/// Parameters of layer k, as in PyTorch: <c>weight_ih_lk</c> <c>[H, I]</c>, <c>weight_hh_lk</c> <c>[H, H]</c>, <c>bias_ih_lk</c> and <c>bias_hh_lk</c> <c>[H]</c>,
/// all uniform in <c>±1/√H</c> at first; <c>_reverse</c> is put after those of the second direction.
/// </remarks>
public sealed class Rnn : RecurrentLayer
{
    private readonly RnnNonlinearity _nonlinearity;

    /// <summary>Declares the layers.</summary>
    /// <param name="input">Width I of the input, at least 1.</param>
    /// <param name="hidden">Width H of the state, at least 1.</param>
    /// <param name="options">Layers, directions, dropout, φ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or a rate is out of range.</exception>
    public Rnn(int input, int hidden, RnnOptions? options = null)
        : base(input, hidden, gates: 1, options ??= new RnnOptions()) => _nonlinearity = options.Nonlinearity;

    /// <summary>Runs the sequences.</summary>
    /// <param name="x">The input, <c>[T, B, I]</c>.</param>
    /// <param name="hidden">The initial state of each layer and direction, <c>[B, H]</c>; empty for zeros.</param>
    /// <param name="lengths"><c>[B]</c>: the number of steps of each row; null for T.</param>
    /// <param name="resets"><c>[T, B]</c>: where not 0, the state is cleared before that step.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a length is not in 1 … T, or there is not one state for each layer and direction.</exception>
    public RecurrentOutput Forward(Tensor x, ReadOnlySpan<Tensor> hidden = default, Indices? lengths = null, Indices? resets = null)
    {
        Tensor[] last = new Tensor[StateCount];
        return new RecurrentOutput(Run(x, hidden, default, last, default, resets, lengths), last);
    }

    /// <summary>As the other overload, with the last states written to memory of the caller's: this one allocates nothing.</summary>
    public Tensor Forward(Tensor x, ReadOnlySpan<Tensor> hidden, Span<Tensor> lastHidden, Indices? lengths = null, Indices? resets = null) =>
        Run(x, hidden, default, lastHidden, default, resets, lengths);

    private protected override IReadOnlyList<string> GateNames => [];

    private protected override void Step(in RecurrentCell cell, Span<real> sums, ReadOnlySpan<real> hPrevious, ReadOnlySpan<real> cPrevious, Span<real> c, Span<real> h)
    {
        Elementwise.Add(cell.InputBias.Values, sums);
        Elementwise.Add(cell.RecurrentBias!.Values, sums);
        AddProduct(cell.RecurrentWeight.Values, hPrevious, sums);
        if (_nonlinearity == RnnNonlinearity.Tanh) Map.Apply<Tanh>(sums, h, Team.Single);
        else Map.Apply<Relu>(sums, h, Team.Single);
    }

    private protected override RecurrentCell AddBiases(string suffix, int gates, RecurrentCell cell)
    {
        Action<Parameter, ulong> uniform = Initializer.Uniform((real)(1 / Math.Sqrt(HiddenWidth)));
        return cell with
        {
            InputBias = AddParameter("bias_ih" + suffix, [HiddenWidth], uniform, decays: false),
            RecurrentBias = AddParameter("bias_hh" + suffix, [HiddenWidth], uniform, decays: false),
        };
    }

    private protected override void Run(in RecurrentCell cell, Tensor x, Tensor h, Tensor c, SequenceOrder order, Span<Tensor> results)
    {
        Tape tape = x.Tape;
        Tensor bias = tape.Parameter(cell.InputBias) + tape.Parameter(cell.RecurrentBias!);
        Tape.Record(new RnnSequence(_nonlinearity, order), results, [x, h, tape.Parameter(cell.InputWeight), tape.Parameter(cell.RecurrentWeight), bias]);
    }
}
