using System.Diagnostics;
using Inkling.Recording;

namespace Inkling;

/// <summary>A learnt array: a named segment of the value and gradient slabs of its <see cref="ParameterSet"/>.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Parameter
{
    private ParameterSet? _set;
    private int _offset;
    private (Tape Tape, int Slot)[]? _slot;

    /// <summary>Declares a parameter; it has memory once a <see cref="ParameterSet"/> is made of it.</summary>
    /// <param name="name">Name in files and summaries, dots between module and parameter: <c>lstm.weight_ih_l0</c>.</param>
    /// <param name="shape">The sizes of its axes.</param>
    /// <param name="initialize">Fills the values from a seed; null leaves zeros.</param>
    public Parameter(string name, Shape shape, Action<Parameter, ulong>? initialize = null)
    {
        Name = name;
        Shape = shape;
        Initialize = initialize;
    }

    /// <summary>Name in files and summaries.</summary>
    public string Name { get; internal set; }

    /// <summary>The sizes of its axes.</summary>
    public Shape Shape { get; }

    /// <summary>
    /// Optimizers treat the parameters of a group alike; <c>""</c> unless set. Set before the model is built, the parameters of a group lie side by side, which makes a step of
    /// the optimizer fewer loops.
    /// </summary>
    public string Group
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
            _set?.TrainableChanged();
        }
    } = "";

    /// <summary>False freezes it: it gets no gradient and no update.</summary>
    public bool Trainable
    {
        get => field && !IsBuffer;
        set
        {
            if (value && IsBuffer) throw new InvalidOperationException($"Parameter '{Name}' is a buffer: it is kept with the model, but nothing learns it.");
            field = value;
            _set?.TrainableChanged();
        }
    } = true;

    /// <summary>
    /// Whether this is no learnt array but one that is kept with the model, such as running statistics: it is in checkpoints, gets no gradient and no update by an optimizer.
    /// Default: false.
    /// </summary>
    public bool IsBuffer { get; init; }

    /// <summary>Whether weight decay applies; by default only to matrices, not to biases and gains.</summary>
    public bool Decays { get; init; } = true;

    /// <summary>
    /// Whether the gradient goes by rows of the first axis: where a step uses few rows of a large table, as of an embedding, only these are cleared, added to, clipped and updated. Default: false.
    /// </summary>
    /// <remarks>
    /// Optimizers are lazy then, as PyTorch's <c>SparseAdam</c>: a row that a step does not use keeps its value, its momentum and its moments, and does not decay; the number of steps counts for all
    /// rows alike. Without momentum and decay this is what the dense update does, bit for bit (SGD, Adagrad). A step in which something else uses the parameter as a whole, such as a tied output
    /// layer or a penalty, is dense.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The parameter is a scalar and has no rows.</exception>
    public bool SparseGradient
    {
        get => Touched is not null;
        set
        {
            if (value == SparseGradient) return;
            if (Shape.Rank == 0) throw new InvalidOperationException($"Parameter '{Name}' is a scalar; it has no rows that a gradient could go by.");
            Touched = value ? new TouchedRows(Shape[0]) : null;
            _set?.TrainableChanged();
        }
    }

    /// <summary>How many rows got a gradient since the optimizer's last step: all of them, but with <see cref="SparseGradient"/> those that were used.</summary>
    public int TouchedRowCount => Touched?.Count ?? (Shape.Rank == 0 ? 1 : Shape[0]);

    /// <summary>The values, row-major.</summary>
    public Span<real> Values => Set.Values.Slice(_offset, Shape.Length);

    /// <summary>The gradient that <see cref="Tape.Backward"/> left; readable until the next one.</summary>
    public Span<real> Gradients => Set.Gradients.Slice(_offset, Shape.Length);

    /// <summary>Where its segment begins in the slabs of its set.</summary>
    public int Offset => _offset;

    /// <summary>Name, shape, what is special about it, and the range of its values: <c>0.weight [8, 2] (frozen), −0.7 … 0.69</c>.</summary>
    public override string ToString()
    {
        string special = string.Concat(Trainable ? "" : " (frozen)", Group.Length == 0 ? "" : $" (group {Group})");
        if (!IsBound) return $"{Name} {Shape}{special}, not built";
        return $"{Name} {Shape}{special}, {ValueText.Of(Values)}";
    }

    internal Action<Parameter, ulong>? Initialize { get; }

    internal ParameterSet Set => _set ?? throw new InvalidOperationException($"Parameter '{Name}' {Shape} has no memory yet. Call Build(seed) on the outermost module first.");

    internal bool IsBound => _set is not null;

    /// <summary>
    /// Whether the gradient is of a step that the optimizer has done: what reaches it first writes over it, and nobody clears it before.
    /// </summary>
    internal bool GradientIsStale { get; set; }

    /// <summary>The rows with a gradient; null when it does not go by rows.</summary>
    internal TouchedRows? Touched { get; private set; }

    /// <summary>Numbers of a row of the first axis.</summary>
    internal int RowLength => Shape.Product(1, Shape.Rank);

    /// <summary>Makes the gradient zero.</summary>
    internal void ClearGradient()
    {
        if (Touched is null)
        {
            Gradients.Clear();
            return;
        }

        Span<real> gradients = Gradients;
        int width = RowLength;
        for (int at = 0; Touched.TryNext(ref at, out int first, out int count);) gradients.Slice(first * width, count * width).Clear();
        Touched.Clear();
    }

    internal void Bind(ParameterSet set, int offset)
    {
        if (_set is not null) throw new InvalidOperationException($"Parameter '{Name}' already belongs to a built module. Build the outermost module only, once.");
        _set = set;
        _offset = offset;
    }

    /// <summary>The slot under which a tape knows this parameter. A few tapes are remembered, which serves a training loop.</summary>
    internal bool TryGetSlot(Tape tape, out int slot)
    {
        (Tape Tape, int Slot)[]? known = _slot;
        if (known is not null)
        {
            foreach ((Tape t, int s) in known)
            {
                if (!ReferenceEquals(t, tape)) continue;
                slot = s;
                return true;
            }
        }

        slot = 0;
        return false;
    }

    internal void RememberSlot(Tape tape, int slot)
    {
        const int Remembered = 4;
        (Tape Tape, int Slot)[] known = _slot ?? [];
        _slot = [(tape, slot), .. known.Where(k => !k.Tape.IsDisposed).Take(Remembered - 1)];
    }
}
