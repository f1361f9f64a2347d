using System.Globalization;

namespace Inkling.Nn;

/// <summary>What an <see cref="Lstm"/> returns.</summary>
/// <param name="Output">The hidden states of the last layer at every step, <c>[T, B, H]</c>.</param>
/// <param name="Hidden">The last hidden state of each layer, <c>[B, H]</c>.</param>
/// <param name="Cell">The last cell state of each layer, <c>[B, H]</c>.</param>
public readonly record struct LstmOutput(Tensor Output, Tensor[] Hidden, Tensor[] Cell);

/// <summary>
/// Long short-term memory over a whole sequence, <c>[T, B, I] → [T, B, H]</c>, several layers (Hochreiter &amp; Schmidhuber 1997; Gers et al. 2000).
/// </summary>
/// <remarks>
/// Parameters of layer k, as in PyTorch: <c>weight_ih_lk</c> <c>[4H, I]</c>, <c>weight_hh_lk</c> <c>[4H, H]</c>, uniform in <c>±1/√H</c>, gates in the order
/// i, f, g, o; and one bias, <c>bias_lk</c> <c>[4H]</c>, zero but for the forget gate's, which is 1 (Jozefowicz et al. 2015).
/// </remarks>
public sealed class Lstm : Module
{
    private readonly (Parameter Wx, Parameter Wh, Parameter Bias)[] _layers;
    private readonly real _dropout;

    /// <summary>Declares the layers.</summary>
    /// <param name="input">Width I of the input, at least 1.</param>
    /// <param name="hidden">Width H of the state, at least 1.</param>
    /// <param name="layers">Number of layers, at least 1. Default: 1.</param>
    /// <param name="dropout">Dropout between layers, 0 ≤ p &lt; 1. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the rate is out of range.</exception>
    public Lstm(int input, int hidden, int layers = 1, double dropout = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        if (!(dropout >= 0 && dropout < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "Lstm: the dropout rate must be at least 0 and less than 1.");
        HiddenWidth = hidden;
        _dropout = (real)dropout;
        _layers = new (Parameter, Parameter, Parameter)[layers];
        real bound = (real)(1 / Math.Sqrt(hidden));
        for (int k = 0; k < layers; k++)
        {
            string suffix = "_l" + k.ToString(CultureInfo.InvariantCulture);
            _layers[k] = (
                AddParameter("weight_ih" + suffix, [4 * hidden, k == 0 ? input : hidden], Initializer.Uniform(bound)),
                AddParameter("weight_hh" + suffix, [4 * hidden, hidden], Initializer.Uniform(bound)),
                AddParameter("bias" + suffix, [4 * hidden], (p, _) => p.Values.Slice(hidden, hidden).Fill(1), decays: false));
        }
    }

    /// <summary>Width H of the state.</summary>
    public int HiddenWidth { get; }

    /// <summary>Number of layers.</summary>
    public int LayerCount => _layers.Length;

    /// <summary>Runs the sequence.</summary>
    /// <param name="x">The input, <c>[T, B, I]</c>.</param>
    /// <param name="hidden">The initial hidden state of each layer, <c>[B, H]</c>; empty for zeros.</param>
    /// <param name="cell">The initial cell state of each layer, <c>[B, H]</c>; empty for zeros.</param>
    /// <param name="resets"><c>[T, B]</c>: where not 0, the state is cleared before that step.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or there is not one state per layer.</exception>
    public LstmOutput Forward(Tensor x, ReadOnlySpan<Tensor> hidden = default, ReadOnlySpan<Tensor> cell = default, Indices? resets = null)
    {
        if ((!hidden.IsEmpty && hidden.Length != LayerCount) || hidden.Length != cell.Length)
            throw new ArgumentException($"Lstm: {hidden.Length} hidden and {cell.Length} cell states given for {LayerCount} layers; give one of each per layer, or none.", nameof(hidden));
        Tensor[] lastHidden = new Tensor[LayerCount], lastCell = new Tensor[LayerCount];
        Tensor output = Forward(x, hidden, cell, lastHidden, lastCell, resets);
        return new LstmOutput(output, lastHidden, lastCell);
    }

    /// <summary>As the other overload, with the last states written to memory of the caller's: this one allocates nothing.</summary>
    public Tensor Forward(Tensor x, ReadOnlySpan<Tensor> hidden, ReadOnlySpan<Tensor> cell, Span<Tensor> lastHidden, Span<Tensor> lastCell, Indices? resets = null)
    {
        Tape tape = x.Tape;
        TensorTriple triple = default;
        Span<Tensor> results = triple;
        for (int k = 0; k < _layers.Length; k++)
        {
            if (k > 0) x = x.Dropout(_dropout);
            (Parameter wx, Parameter wh, Parameter bias) = _layers[k];
            Tensor h = hidden.IsEmpty ? tape.Zeros([x.Shape[1], HiddenWidth]) : hidden[k], c = cell.IsEmpty ? h : cell[k];
            Tape.Record(new LstmSequence(resets), results, [x, h, c, tape.Parameter(wx), tape.Parameter(wh), tape.Parameter(bias)]);
            x = results[0];
            lastHidden[k] = results[1];
            lastCell[k] = results[2];
        }

        return x;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Lstm({_layers[0].Wx.Shape[1]} → {HiddenWidth}, {LayerCount} layer{(LayerCount == 1 ? "" : "s")})";

    [System.Runtime.CompilerServices.InlineArray(3)]
    private struct TensorTriple
    {
        private Tensor _first;
    }
}
