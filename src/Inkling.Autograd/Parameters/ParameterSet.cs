using System.Collections;
using Inkling.Numerics;

namespace Inkling;

/// <summary>
/// All parameters of a model, their values in one slab and their gradients in another, so that optimizers, clipping and
/// checkpoints loop over memory and not over objects.
/// </summary>
public sealed partial class ParameterSet : IReadOnlyList<Parameter>
{
    private readonly Parameter[] _parameters;
    private readonly Slab _values;
    private readonly Slab _gradients;

    /// <summary>Gives the parameters memory, each once (tied weights appear once), aligned to 64 bytes.</summary>
    /// <exception cref="ArgumentException">Two parameters share a name, or the set is larger than one slab.</exception>
    public ParameterSet(IEnumerable<Parameter> parameters)
    {
        _parameters = [.. parameters.Distinct(ReferenceEqualityComparer.Instance).Cast<Parameter>()];
        HashSet<string> names = new(StringComparer.Ordinal);
        long length = 0;
        foreach (Parameter parameter in _parameters)
        {
            if (!names.Add(parameter.Name)) throw new ArgumentException($"ParameterSet: two parameters are called '{parameter.Name}'. Give the modules different names.", nameof(parameters));
            length += Aligned(parameter.Shape.Length);
        }

        if (length > Array.MaxLength / 2) throw new ArgumentException($"ParameterSet: {length} numbers do not fit one slab.", nameof(parameters));
        _values = new Slab((int)length);
        _gradients = new Slab((int)length);
        _values.Span.Clear();
        _gradients.Span.Clear();
        int offset = 0;
        // The parameters of a group lie side by side; within it they keep their order.
        foreach (Parameter parameter in _parameters.Select((p, i) => (p, i)).OrderBy(one => Array.FindIndex(_parameters, p => p.Group == one.p.Group)).ThenBy(one => one.i).Select(one => one.p))
        {
            parameter.Bind(this, offset);
            offset += Aligned(parameter.Shape.Length);
        }
    }

    /// <summary>The number of parameters (arrays).</summary>
    public int Count => _parameters.Length;

    /// <summary>The number of learnt numbers; padding and buffers are not counted.</summary>
    public long ElementCount => _parameters.Where(p => !p.IsBuffer).Sum(p => (long)p.Shape.Length);

    /// <summary>All values; between parameters lies zero padding to 64 bytes.</summary>
    public Span<real> Values => _values.Span;

    /// <summary>All gradients, laid out as <see cref="Values"/>; padding is zero.</summary>
    public Span<real> Gradients => _gradients.Span;

    /// <summary>True once an optimizer has used the gradients: the next <see cref="Tape.Backward"/> starts from zero instead of adding.</summary>
    public bool GradientsConsumed { get; private set; } = true;

    internal Slab ValueSlab => _values;

    internal Slab GradientSlab => _gradients;

    /// <inheritdoc/>
    public Parameter this[int index] => _parameters[index];

    /// <summary>The parameter of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Parameter this[string name] => _parameters.FirstOrDefault(p => p.Name == name)
        ?? throw new KeyNotFoundException($"ParameterSet: no parameter is called '{name}'. There are: {string.Join(", ", _parameters.Select(p => p.Name))}.");

    /// <summary>How many parameters there are, and how many numbers.</summary>
    public override string ToString() => $"{Count} parameters, {ElementCount} numbers{(_parameters.All(p => p.Trainable) ? "" : $", {_parameters.Where(p => !p.Trainable).Sum(p => (long)p.Shape.Length)} frozen")}";

    /// <summary>Marks the gradients as used; optimizers call it at the end of a step.</summary>
    public void ConsumeGradients()
    {
        GradientsConsumed = true;
        ApplyDeferred();
    }

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>How often a parameter was frozen or thawed: what was found out about them for another number is out of date.</summary>
    internal int TrainableVersion { get; private set; }

    internal void TrainableChanged()
    {
        TrainableVersion++;
        ForgetGradientRuns();
    }

    /// <summary>Called by the tape before gradients are added.</summary>
    internal void PrepareGradients()
    {
        if (!GradientsConsumed) return;
        foreach (Parameter parameter in _parameters) parameter.GradientIsStale = true;
        GradientsConsumed = false;
    }

    /// <summary>Called by the tape when gradients have been added: where nothing was, the gradient is zero.</summary>
    internal void SettleGradients()
    {
        foreach (Parameter parameter in _parameters)
        {
            if (!parameter.GradientIsStale) continue;
            parameter.ClearGradient();
            parameter.GradientIsStale = false;
        }

        ForgetGradientRuns();
    }

    internal void InitializeAll(ulong seed)
    {
        for (int i = 0; i < _parameters.Length; i++) _parameters[i].Initialize?.Invoke(_parameters[i], CounterRandom.Bits(seed, 0x1A17, (ulong)i));
    }

    private static int Aligned(int length)
    {
        const int Alignment = 64 / sizeof(real);
        return (length + Alignment - 1) / Alignment * Alignment;
    }
}
